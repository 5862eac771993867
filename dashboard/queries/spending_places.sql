-- What municipalities spent in all (total) or on one function (level I), every year, with the total it is a share of.
SELECT w.city_id, w.year, c.initial_try, c.appropriation_try, c.outturn_try,
  w.initial_try AS total_initial_try, w.appropriation_try AS total_appropriation_try,
  w.outturn_try AS total_outturn_try,
  w.entities, w.is_provisional, w.is_synthetic, p.population, o.source_id, f.name AS file, c.code IS NOT NULL AS has_lines
FROM mart.spending_total AS w
LEFT JOIN mart.spending_total AS c
  ON c.city_id = w.city_id AND c.year = w.year AND c.scope = w.scope AND c.side = w.side AND c.code = $code
LEFT JOIN mart.city_population AS p ON p.city_id = w.city_id AND p.year = w.year
LEFT JOIN meta.lineage AS o ON o.lineage_id = w.lineage_id
LEFT JOIN meta.file AS f USING (file_id)
WHERE w.scope = $scope AND w.side = 'expenditure' AND w.code = 'total' AND list_contains($city_ids, w.city_id)
ORDER BY w.city_id, w.year
