-- One indicator over time for every municipality, for small multiples in a table.
SELECT f.city_id, f.year, f.value
FROM mart.fact_value AS f
JOIN mart.dim_city AS c USING (city_id)
WHERE f.indicator_id = $indicator_id AND f.group_id = 'total' AND c.kind = 'municipality'
ORDER BY f.city_id, f.year;
