-- Türkiye as the sum of its provinces, where that is a true sum: declared so, every province present,
-- and no figure published for the country itself.
INSERT INTO staging.observation BY NAME
WITH provinces AS (
    SELECT count(*) AS total FROM mart.dim_city WHERE kind = 'province'
),
sums AS (
    SELECT
        observation.indicator_id,
        observation.period,
        observation.group_id,
        sum(observation.value) AS value,
        count(observation.value) AS present,
        CASE WHEN bool_or(observation.status = 'provisional') THEN 'provisional' ELSE 'measured' END AS status,
        bool_or(observation.is_synthetic) AS is_synthetic
    FROM staging.observation
    JOIN mart.dim_city AS place ON place.city_id = observation.place_id AND place.kind = 'province'
    JOIN mart.dim_indicator AS indicator USING (indicator_id)
    WHERE indicator.average_method = 'sum'
    GROUP BY ALL
)
SELECT
    country.city_id AS place_id,
    sums.indicator_id,
    sums.period,
    sums.group_id,
    sums.value,
    sums.status,
    sums.is_synthetic,
    method.lineage_id
FROM sums
JOIN provinces ON provinces.total = sums.present
JOIN mart.dim_city AS country ON country.kind = 'country'
JOIN method_lineage AS method ON method.indicator_id = sums.indicator_id AND method.method = 'sum_of_provinces'
ANTI JOIN staging.observation AS published
    ON published.place_id = country.city_id
    AND published.indicator_id = sums.indicator_id
    AND published.period = sums.period
    AND published.group_id = sums.group_id
