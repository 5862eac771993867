-- The cells of one municipality's budget, function x economic (or revenue) code, in some years.
SELECT year, side, function_id, economic_id,
  CASE WHEN count(initial_try) = count(*) THEN sum(initial_try) END AS initial_try,
  CASE WHEN count(appropriation_try) = count(*) THEN sum(appropriation_try) END AS appropriation_try,
  CASE WHEN count(accrued_try) = count(*) THEN sum(accrued_try) END AS accrued_try,
  CASE WHEN count(outturn_try) = count(*) THEN sum(outturn_try) END AS outturn_try,
  sum(lines) AS lines
FROM mart.fact_spending
WHERE city_id = $city_id AND list_contains($years, year) AND list_contains($entities, entity)
GROUP BY year, side, function_id, economic_id
ORDER BY year, side, function_id, economic_id
