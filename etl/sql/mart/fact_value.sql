-- One row per place x indicator x expected period x group: own value, else the province's, else the reason.
INSERT INTO mart.fact_value BY NAME
WITH groups AS (
    SELECT DISTINCT indicator_id, group_id FROM staging.observation
    UNION
    SELECT indicator_id, 'total' AS group_id FROM mart.dim_indicator
),
expected AS (
    SELECT place.city_id, place.kind, place.legal_type, expected_period.period, expected_period.year,
        groups.group_id, indicator.indicator_id, indicator.geo_level, indicator.last_period,
        list_contains(indicator.applicable_types, place.legal_type) AS is_applicable
    FROM mart.dim_city AS place
    CROSS JOIN mart.dim_indicator AS indicator
    JOIN expected_period USING (indicator_id)
    JOIN groups USING (indicator_id)
),
found AS (
    SELECT ranked.place_id AS city_id, ranked.* FROM ranked
    UNION ALL
    SELECT municipality.city_id, ranked.*
    FROM ranked
    JOIN mart.dim_city AS municipality
        ON municipality.province_id = ranked.place_id AND municipality.kind = 'municipality'
    ANTI JOIN staging.observation AS own
        -- In any period: a series of its own with the province's figure in its gaps would be two series in one.
        ON own.place_id = municipality.city_id AND own.indicator_id = ranked.indicator_id
        AND own.group_id = ranked.group_id
)
SELECT
    expected.city_id,
    expected.indicator_id,
    expected.period,
    expected.group_id,
    expected.year,
    found.value,
    found.lower,
    found.upper,
    found.n,
    found.n_effective,
    CASE
        WHEN found.status IS NOT NULL THEN found.status
        WHEN NOT expected.is_applicable THEN 'not_applicable'
        WHEN expected.kind = expected.geo_level THEN 'not_collected'
        ELSE 'not_published'
    END AS status,
    coalesce(found.kind, expected.kind) AS value_level,
    coalesce(found.place_id, expected.city_id) AS measured_id,
    found.rank,
    CASE WHEN found.rank IS NOT NULL THEN floor(chance.rank_p05) END AS rank_low,
    CASE WHEN found.rank IS NOT NULL THEN ceil(chance.rank_p95) END AS rank_high,
    found.rank_of,
    coalesce(found.lineage_id, missing.lineage_id) AS lineage_id,
    coalesce(found.is_synthetic, FALSE) AS is_synthetic
FROM expected
LEFT JOIN found USING (city_id, indicator_id, period, group_id)
LEFT JOIN mart.index_rank_range AS chance
    ON chance.index_id = expected.indicator_id AND chance.city_id = found.place_id
    AND expected.period = expected.last_period
JOIN method_lineage AS missing
    ON missing.indicator_id = expected.indicator_id AND missing.method = 'no_observation'
ORDER BY expected.indicator_id, expected.period, expected.group_id, expected.city_id
