-- Budgets whose rows are in two units: the first row, and the first in another unit than that.
SELECT min(row_number) AS first, min(row_number) FILTER (scale <> usual) AS row
FROM (
    SELECT
        line.*,
        first_value(scale) OVER (PARTITION BY city_id, year, entity, side ORDER BY line.row_number) AS usual
    FROM staged.line AS line
    SEMI JOIN (FROM budget WHERE has_units) AS mixed USING (city_id, year, entity, side)
    WHERE shape > 0
)
GROUP BY city_id, year, entity, side
ORDER BY first
LIMIT $most
