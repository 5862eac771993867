-- The same as spending_places for a function of level II, an economic code, or both crossed: sums of budget cells.
WITH cells AS (
  SELECT city_id, year,
    CASE WHEN count(initial_try) = count(*) THEN sum(initial_try) END AS initial_try,
    CASE WHEN count(appropriation_try) = count(*) THEN sum(appropriation_try) END AS appropriation_try,
    CASE WHEN count(outturn_try) = count(*) THEN sum(outturn_try) END AS outturn_try
  FROM mart.fact_spending
  WHERE side = 'expenditure' AND list_contains($city_ids, city_id) AND list_contains($entities, entity)
    AND ($function = '' OR function_id = $function OR starts_with(function_id, $function || '.'))
    AND ($economic = '' OR economic_id = $economic OR starts_with(economic_id, $economic || '.'))
  GROUP BY city_id, year
)
SELECT w.city_id, w.year, c.initial_try, c.appropriation_try, c.outturn_try,
  w.initial_try AS total_initial_try, w.appropriation_try AS total_appropriation_try,
  w.outturn_try AS total_outturn_try,
  w.entities, w.is_provisional, w.is_synthetic, p.population, o.source_id, f.name AS file, c.city_id IS NOT NULL AS has_lines
FROM mart.spending_total AS w
LEFT JOIN cells AS c ON c.city_id = w.city_id AND c.year = w.year
LEFT JOIN mart.city_population AS p ON p.city_id = w.city_id AND p.year = w.year
LEFT JOIN meta.lineage AS o ON o.lineage_id = w.lineage_id
LEFT JOIN meta.file AS f USING (file_id)
WHERE w.scope = $scope AND w.side = 'expenditure' AND w.code = 'total' AND list_contains($city_ids, w.city_id)
ORDER BY w.city_id, w.year
