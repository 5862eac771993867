-- Provinces x the asked indicators, each in its newest period with a value.
SELECT f.city_id, f.indicator_id, f.period, f.value, f.status, f.rank, f.rank_of, f.is_synthetic
FROM mart.fact_value AS f
JOIN mart.dim_city AS c USING (city_id)
WHERE c.kind = 'province' AND f.group_id = 'total' AND list_contains($indicator_ids, f.indicator_id)
QUALIFY f.period = max(f.period) FILTER (WHERE f.value IS NOT NULL) OVER (PARTITION BY f.indicator_id)
ORDER BY f.indicator_id, c.sort_key;
