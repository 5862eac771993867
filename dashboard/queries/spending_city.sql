-- One municipality's budget, every year: spending by function and revenue by code (level I) and their totals, with the
-- people of each year and the file.
SELECT t.year, t.side, t.code, t.initial_try, t.appropriation_try, t.accrued_try, t.outturn_try,
  t.entities, t.is_provisional, t.is_synthetic, p.population, o.source_id, f.name AS file
FROM mart.spending_total AS t
LEFT JOIN mart.city_population AS p USING (city_id, year)
LEFT JOIN meta.lineage AS o USING (lineage_id)
LEFT JOIN meta.file AS f USING (file_id)
WHERE t.city_id = $city_id AND t.scope = $scope
ORDER BY t.year, t.side, t.code
