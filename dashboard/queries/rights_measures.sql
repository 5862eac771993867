-- What municipalities reported on every human rights indicator, all periods.
SELECT
  f.indicator_id, f.period, f.city_id, f.value, f.status, f.is_synthetic
FROM mart.fact_value AS f
JOIN mart.dim_indicator AS i USING (indicator_id)
JOIN mart.dim_city AS c USING (city_id)
WHERE i.rights_measure IS NOT NULL AND i.state = 'published' AND c.kind = 'municipality' AND f.group_id = 'total'
ORDER BY i.sort_key, f.period, c.sort_key;
