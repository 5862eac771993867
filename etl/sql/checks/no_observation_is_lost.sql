-- Every observation stands in the facts at its own place with its own value and status.
SELECT count(*), any_value(observation.place_id || ' / ' || observation.indicator_id || ' / ' || observation.period)
FROM staging.observation AS observation
ANTI JOIN mart.fact_value AS fact
    ON fact.city_id = observation.place_id AND fact.measured_id = observation.place_id
    AND fact.indicator_id = observation.indicator_id AND fact.period = observation.period
    AND fact.group_id = observation.group_id AND fact.value IS NOT DISTINCT FROM observation.value
    AND fact.status = observation.status
