-- Observations with their rank among places of their kind: 1 = best by direction, highest where contextual.
CREATE TEMP TABLE ranked AS
WITH upward AS (
    SELECT
        observation.*,
        place.kind,
        indicator.direction,
        CASE WHEN indicator.direction = 'lower' THEN -observation.value ELSE observation.value END AS goodness
    FROM staging.observation
    JOIN mart.dim_city AS place ON place.city_id = observation.place_id
    JOIN mart.dim_indicator AS indicator USING (indicator_id)
)
SELECT
    upward.* EXCLUDE (goodness, direction),
    CASE WHEN value IS NOT NULL AND direction <> 'target' AND kind <> 'country' THEN rank() OVER (
        PARTITION BY indicator_id, period, group_id, kind ORDER BY goodness DESC NULLS LAST
    ) END AS rank,
    CASE WHEN value IS NOT NULL AND direction <> 'target' AND kind <> 'country' THEN count(value) OVER (
        PARTITION BY indicator_id, period, group_id, kind
    ) END AS rank_of
FROM upward
