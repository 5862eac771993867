-- A whole indicator for download: every place, every period.
SELECT
  f.city_id, c.name_tr, c.name_en, c.kind, c.legal_type, f.period, f.value, f.lower, f.upper, f.n,
  f.status, f.value_level, f.measured_id, f.rank, f.rank_of, f.is_synthetic
FROM mart.fact_value AS f
JOIN mart.dim_city AS c USING (city_id)
WHERE f.indicator_id = $indicator_id AND f.group_id = 'total'
ORDER BY c.kind, c.sort_key, f.period;
