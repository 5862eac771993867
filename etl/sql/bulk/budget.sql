-- One row per budget: its lines, how many have each measure, and whether all of it could be read.
CREATE TABLE budget AS
SELECT
    city_id, year, entity, side,
    count(*) AS lines,
    count(*) FILTER (initial_try <= 1e300) AS initial,
    count(*) FILTER (appropriation_try <= 1e300) AS appropriation,
    count(*) FILTER (accrued_try <= 1e300) AS accrued,
    count(*) FILTER (outturn_try <= 1e300) AS outturn,
    bool_or(is_doubtful) AS is_doubtful,
    min(shape) <> max(shape) AS has_shapes,
    min(scale) <> max(scale) AS has_units,
    min(row_number) AS row_number
FROM staged.line
WHERE city_id IS NOT NULL AND year IS NOT NULL AND entity IS NOT NULL AND side IS NOT NULL AND shape IS DISTINCT FROM 0
GROUP BY ALL
ORDER BY row_number
