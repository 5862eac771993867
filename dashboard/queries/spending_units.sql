-- Who spends it: the units (institutional codes) of one municipality in one year under a branch of its budget.
-- Empty parameters ask for all; the table is stored by city and year, so only their blocks are read.
SELECT institutional AS unit,
  CASE WHEN count(initial_try) = count(*) THEN sum(initial_try) END AS initial_try,
  CASE WHEN count(appropriation_try) = count(*) THEN sum(appropriation_try) END AS appropriation_try,
  CASE WHEN count(outturn_try) = count(*) THEN sum(outturn_try) END AS outturn_try,
  count(*) AS lines
FROM mart.spending_row
WHERE city_id = $city_id AND year = $year AND side = 'expenditure' AND list_contains($entities, entity)
  AND ($function = '' OR function_id = $function OR starts_with(function_id, $function || '.'))
  AND ($economic = '' OR economic_id = $economic OR starts_with(economic_id, $economic || '.'))
  AND ($unit = '' OR institutional = $unit OR starts_with(institutional, $unit || '.'))
GROUP BY institutional
ORDER BY outturn_try DESC NULLS LAST, unit
