-- One municipality's budget, every year: spending by function and revenue by code (level I) and their totals, with the
-- people of each year.
SELECT t.year, t.side, t.code, t.initial_try, t.appropriation_try, t.accrued_try, t.outturn_try,
  t.entities, t.is_provisional, t.is_synthetic, t.lineage_id, p.population
FROM mart.spending_total AS t
LEFT JOIN mart.city_population AS p USING (city_id, year)
WHERE t.city_id = $city_id AND t.scope = $scope
ORDER BY t.year, t.side, t.code
