-- One indicator over time for the asked places; missing periods are rows with a status.
SELECT f.city_id, f.period, f.year, f.value, f.lower, f.upper, f.n, f.status, f.value_level, f.measured_id, f.is_synthetic
FROM mart.fact_value AS f
WHERE f.indicator_id = $indicator_id AND f.group_id = 'total' AND list_contains($city_ids, f.city_id)
ORDER BY f.city_id, f.period;
