-- Ranks begin at 1 and never exceed the number of ranked places; whatever has a rank has a value.
SELECT count(*), any_value(indicator_id || ' / ' || period)
FROM (
    SELECT
        indicator_id, period, group_id, value_level,
        min(rank) AS best,
        max(rank) AS worst,
        max(rank_of) AS rank_of,
        count(*) FILTER (WHERE rank IS NOT NULL AND value IS NULL) AS empty
    FROM mart.fact_value
    WHERE measured_id = city_id
    GROUP BY ALL
)
WHERE (best IS NOT NULL AND best <> 1) OR worst > rank_of OR empty > 0
