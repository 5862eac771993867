-- The average of each reference group by the indicator's declared method; missing values are out of the base.
INSERT INTO mart.reference_value BY NAME
WITH member AS (
    SELECT 'country' AS reference_id, city_id FROM mart.dim_city WHERE kind = 'country'
    UNION ALL
    SELECT 'provinces', city_id FROM mart.dim_city WHERE kind = 'province'
    UNION ALL
    SELECT 'members', city_id FROM mart.dim_city WHERE kind = 'municipality'
    UNION ALL
    SELECT unnest(['pilots', 'pilots_' || legal_type]), city_id FROM mart.dim_city WHERE role = 'pilot'
),
people AS (
    SELECT city_id, year, value FROM mart.fact_value WHERE indicator_id = 'population' AND group_id = 'total'
),
spread AS (
    SELECT
        fact.indicator_id, fact.period, fact.group_id, member.reference_id, fact.year,
        median(fact.value) AS median,
        min(fact.value) AS low,
        max(fact.value) AS high,
        count(fact.value) AS n,
        avg(fact.value) AS mean,
        sum(fact.value) AS total,
        bool_or(fact.measured_id <> fact.city_id) AS has_carried,
        sum(fact.value * people.value) / NULLIF(sum(people.value) FILTER (fact.value IS NOT NULL), 0) AS weighted,
        min(fact.lineage_id) AS own_lineage_id
    FROM mart.fact_value AS fact
    JOIN member USING (city_id)
    LEFT JOIN people ON people.city_id = fact.measured_id AND people.year = fact.year
    GROUP BY ALL
),
told AS (
    SELECT
        spread.*,
        CASE
            WHEN spread.n = 0 THEN 'none'
            WHEN spread.reference_id = 'country' AND origin.kind = 'source' THEN 'published'
            WHEN indicator.average_method = 'sum' AND spread.has_carried THEN 'none'
            WHEN indicator.average_method = 'ratio_of_sums' THEN 'none'
            ELSE indicator.average_method
        END AS method
    FROM spread
    JOIN mart.dim_indicator AS indicator USING (indicator_id)
    LEFT JOIN meta.lineage AS origin ON origin.lineage_id = spread.own_lineage_id
)
SELECT
    told.indicator_id, told.period, told.group_id, told.reference_id, told.year,
    CASE told.method
        WHEN 'published' THEN told.total
        WHEN 'sum' THEN told.total
        WHEN 'unweighted' THEN told.mean
        WHEN 'population_weighted' THEN told.weighted
    END AS value,
    told.median, told.low, told.high, told.n, told.method,
    CASE WHEN told.reference_id = 'country' THEN told.own_lineage_id ELSE average.lineage_id END AS lineage_id
FROM told
JOIN method_lineage AS average
    ON average.indicator_id = told.indicator_id AND average.method = 'reference_average'
ORDER BY ALL
