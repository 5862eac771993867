-- The asked indicators, each in its period, of every municipality or of one.
SELECT f.indicator_id, f.city_id, c.kind, c.legal_type, f.period, f.value, f.lower, f.upper, f.status, f.value_level,
  f.measured_id, f.is_synthetic
FROM (SELECT unnest($indicators) AS indicator_id, unnest($periods) AS period) AS asked
JOIN mart.fact_value AS f USING (indicator_id, period)
JOIN mart.dim_city AS c USING (city_id)
WHERE f.group_id = 'total' AND c.kind = 'municipality' AND ($city_id IS NULL OR f.city_id = $city_id);
