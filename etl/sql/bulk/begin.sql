-- The engine of one bulk file: how much memory it may take, where its lines wait, how a written amount is read.
-- An amount that cannot be read is NaN until its row is told; an empty one is NULL.
ATTACH $staged AS staged;
-- The number of rows of a csv is not known before it is read: what is looked up must not be taken for the larger side.
SET disabled_optimizers = 'join_order,build_side_probe_side';
SET enable_progress_bar = TRUE;
SET enable_progress_bar_print = FALSE;
CREATE MACRO amount_plain(written) AS CASE
    WHEN written IS NULL THEN NULL
    WHEN contains(written, '_') OR starts_with(written, '.') OR ends_with(written, '.') THEN CAST('nan' AS DOUBLE)
    ELSE coalesce(TRY_CAST(written AS DOUBLE), CASE WHEN trim(written) <> '' THEN CAST('nan' AS DOUBLE) END)
END;
CREATE MACRO amount_tr(written) AS CASE
    WHEN regexp_full_match(written, '\s*[-+]?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?\s*')
        THEN TRY_CAST(replace(replace(written, '.', ''), ',', '.') AS DOUBLE)
    WHEN trim(written) <> '' THEN CAST('nan' AS DOUBLE)
END;
-- How many levels a code has.
CREATE MACRO levels(code) AS CASE WHEN code = '' THEN 0 ELSE 1 + length(code) - length(replace(code, '.', '')) END
