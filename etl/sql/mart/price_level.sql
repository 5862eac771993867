-- The consumer price index of the country, year by year; a year without all its months is provisional.
INSERT INTO mart.price_level BY NAME
SELECT
    CAST(observation.period AS INTEGER) AS year,
    observation.value AS cpi,
    observation.status = 'measured' AS is_complete,
    observation.lineage_id
FROM staging.observation AS observation
JOIN mart.dim_city AS country ON country.city_id = observation.place_id AND country.kind = 'country'
WHERE observation.indicator_id = 'cpi' AND observation.group_id = 'total' AND observation.value > 0
ORDER BY year
