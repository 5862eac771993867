-- The staged lines from the place $first to before $last as the marts take them (mart/spending_row).
SET VARIABLE first_line = $first;
SET VARIABLE last_line = $last;
SET VARIABLE lineage_id = $lineage_id;
SET VARIABLE is_synthetic = $is_synthetic;
CREATE OR REPLACE TEMP VIEW incoming_spending AS
SELECT
    city_id,
    CAST(year AS INTEGER) AS year,
    entity,
    side,
    CASE WHEN institutional <> '' THEN institutional END AS institutional,
    CASE WHEN functional <> '' THEN functional END AS functional,
    CASE WHEN finance_type <> '' THEN finance_type END AS finance_type,
    CASE WHEN economic <> '' THEN economic END AS economic,
    CASE WHEN label <> '' THEN label END AS label,
    initial_try,
    appropriation_try,
    accrued_try,
    outturn_try,
    is_provisional,
    CAST(getvariable('is_synthetic') AS BOOLEAN) AS is_synthetic,
    CAST(row_number AS BIGINT) AS row_number,
    CAST(getvariable('lineage_id') AS BIGINT) AS lineage_id
FROM staged.line
WHERE shape > 0
    AND rowid >= CAST(getvariable('first_line') AS BIGINT) AND rowid < CAST(getvariable('last_line') AS BIGINT)
