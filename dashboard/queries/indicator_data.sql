-- A whole indicator for download: every place it applies to, every period.
SELECT
  f.city_id, c.name_tr, c.name_en, c.sort_key, c.kind, c.legal_type, f.period, f.value, f.lower, f.upper, f.n,
  f.status, f.value_level, f.measured_id, f.rank, f.rank_low, f.rank_high, f.rank_of, f.is_synthetic
FROM mart.fact_value AS f
JOIN mart.dim_city AS c USING (city_id)
WHERE f.indicator_id = $indicator_id AND f.group_id = 'total' AND f.status <> 'not_applicable'
ORDER BY c.kind, c.sort_key, f.period;
