-- Budgets with a fault in one of these rows: what their lines add up to is nothing to go by.
UPDATE budget SET is_doubtful = TRUE
FROM (
    SELECT DISTINCT city_id, year, entity, side
    FROM staged.line
    WHERE row_number IN (SELECT unnest($faulty))
) AS touched
WHERE (budget.city_id, budget.year, budget.entity, budget.side)
    = (touched.city_id, touched.year, touched.entity, touched.side)
