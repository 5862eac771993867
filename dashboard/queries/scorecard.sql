-- Municipalities x the lead indicator of every theme, each in its newest period with a value.
WITH newest AS (
  SELECT indicator_id, max(period) AS period
  FROM mart.fact_value
  WHERE value IS NOT NULL AND group_id = 'total'
  GROUP BY indicator_id
)
SELECT
  f.city_id, c.name_tr, c.name_en, c.sort_key, c.legal_type, c.role, t.theme_id, f.indicator_id, f.period,
  f.value, f.lower, f.upper, f.n, f.status, f.value_level, f.measured_id, f.rank, f.rank_of, f.is_synthetic
FROM mart.fact_value AS f
JOIN newest USING (indicator_id, period)
JOIN mart.dim_theme AS t ON t.lead_indicator_id = f.indicator_id
JOIN mart.dim_city AS c USING (city_id)
WHERE f.group_id = 'total' AND c.kind = 'municipality'
ORDER BY c.sort_key, t.sort_key;
