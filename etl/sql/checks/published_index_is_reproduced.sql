-- Every index figure a producer published is the one computed here, to 1e-9.
SELECT count(*), any_value(published.place_id || ' / ' || published.indicator_id || ' / ' || published.value)
FROM staging.published_index AS published
ANTI JOIN staging.observation AS observation
    ON observation.place_id = published.place_id AND observation.indicator_id = published.indicator_id
    AND observation.period = published.period AND abs(observation.value - published.value) <= 1e-9
