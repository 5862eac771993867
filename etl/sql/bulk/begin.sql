-- The engine of one bulk file: how much memory it may take, where its lines wait, how a written amount is read.
-- An amount that cannot be read is NaN until its row is told; an empty one is NULL.
ATTACH $staged AS staged;
-- The number of rows of a csv is not known before it is read: what is looked up must not be taken for the larger side.
SET disabled_optimizers = 'join_order,build_side_probe_side';
CREATE MACRO amount_plain(written) AS coalesce(
    TRY_CAST(replace(written, '_', 'x') AS DOUBLE), CASE WHEN trim(written) <> '' THEN CAST('nan' AS DOUBLE) END
);
CREATE MACRO amount_tr(written) AS CASE
    WHEN regexp_full_match(written, '\s*[-+]?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?\s*')
        THEN TRY_CAST(replace(replace(written, '.', ''), ',', '.') AS DOUBLE)
    WHEN trim(written) <> '' THEN CAST('nan' AS DOUBLE)
END;
-- Negative, unreadable, or of a size that nothing has (SMALLEST and LARGEST of sources/contract.py).
CREATE MACRO is_no_amount(amount) AS amount NOT BETWEEN 1e-100 AND 1e18 AND amount <> 0;
-- How many levels a code has.
CREATE MACRO levels(code) AS CASE WHEN code = '' THEN 0 ELSE 1 + length(code) - length(replace(code, '.', '')) END;
-- The columns of few words each as one text: looked up once, not six times.
CREATE MACRO terms(period, entity, side, finance_type, unit, state) AS concat_ws(
    chr(31), coalesce(period, ''), coalesce(entity, ''), coalesce(side, ''), coalesce(finance_type, ''),
    coalesce(unit, ''), coalesce(state, '')
)
