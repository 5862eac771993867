-- A value measured elsewhere says at which level, and only a municipality carries its own province's.
SELECT count(*), any_value(fact.city_id || ' / ' || fact.indicator_id || ' / ' || fact.period)
FROM mart.fact_value AS fact
JOIN mart.dim_city AS place USING (city_id)
JOIN mart.dim_city AS measured ON measured.city_id = fact.measured_id
WHERE fact.value_level <> measured.kind
OR (fact.measured_id <> fact.city_id AND fact.measured_id IS DISTINCT FROM place.province_id)
