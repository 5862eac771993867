-- What composite indices are computed from: the provinces' values of their components.
SELECT
    observation.place_id,
    observation.indicator_id,
    observation.period,
    observation.value,
    observation.is_synthetic
FROM staging.observation
JOIN mart.dim_city AS place ON place.city_id = observation.place_id AND place.kind = 'province'
WHERE observation.group_id = 'total'
AND observation.indicator_id IN (SELECT component_id FROM mart.index_component)
ORDER BY observation.place_id, observation.indicator_id, observation.period
