-- A total is the sum of its codes, less the refunds, in every measure it has.
WITH summed AS (
    SELECT
        city_id, year, scope, side,
        sum(CASE WHEN side = 'revenue' AND code = '09' THEN -initial_try ELSE initial_try END) AS initial,
        sum(appropriation_try) AS appropriation,
        sum(CASE WHEN side = 'revenue' AND code = '09' THEN -outturn_try ELSE outturn_try END) AS outturn
    FROM mart.spending_total
    WHERE code <> 'total'
    GROUP BY ALL
)
SELECT count(*), any_value(city_id || ' / ' || year || ' / ' || scope || ' / ' || side)
FROM summed
FULL JOIN (FROM mart.spending_total WHERE code = 'total') AS total USING (city_id, year, scope, side)
WHERE (summed.initial IS NULL) <> (total.initial_try IS NULL)
    OR (summed.outturn IS NULL) <> (total.outturn_try IS NULL)
    OR abs(summed.initial - total.initial_try) > 1e-9 * greatest(abs(summed.initial), 1)
    OR (side = 'expenditure' AND abs(summed.appropriation - total.appropriation_try) > 1e-9 * summed.appropriation)
    OR abs(summed.outturn - total.outturn_try) > 1e-9 * greatest(abs(summed.outturn), 1)
