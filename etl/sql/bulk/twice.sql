-- Lines of one budget with the same codes as an earlier one. Sorted by a hash of these they are neighbours: only where
-- two neighbours have the same hash are the codes compared.
WITH coded AS (
    SELECT *, hash(entity, side, functional, economic, institutional, finance_type) AS key
    FROM staged.line
    WHERE city_id IS NOT NULL AND year IS NOT NULL AND entity IS NOT NULL AND side IS NOT NULL AND shape > 0
),
again AS (
    SELECT key
    FROM (SELECT key, key = lag(key) OVER () AS is_again FROM coded)
    WHERE is_again
),
alike AS (
    SELECT
        row_number,
        concat_ws(', ', nullif(CAST(institutional AS VARCHAR), ''), nullif(CAST(functional AS VARCHAR), ''),
            nullif(CAST(finance_type AS VARCHAR), ''), nullif(CAST(economic AS VARCHAR), '')) AS codes,
        min(row_number) OVER (
            PARTITION BY city_id, year, entity, side, functional, economic, institutional, finance_type
        ) AS first
    FROM coded
    WHERE key IN (FROM again)
)
SELECT row_number, codes, first, count(*) OVER () AS every
FROM alike
WHERE row_number > first
ORDER BY row_number
LIMIT $most
