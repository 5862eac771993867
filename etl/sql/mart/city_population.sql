-- The people a budget is divided by: the municipality's own, or its province's where the border is the same.
-- From the year of the break in the series (law 6360) a metropolitan municipality ends at the border of its province.
INSERT INTO mart.city_population BY NAME
WITH people AS (
    SELECT place_id, CAST(period AS INTEGER) AS year, value
    FROM staging.observation
    WHERE indicator_id = 'population' AND group_id = 'total' AND value > 0
),
years AS (
    SELECT year FROM expected_period WHERE indicator_id = 'population'
    UNION
    SELECT year FROM mart.fact_spending
),
one_border AS (
    SELECT min(year) AS year FROM mart.dim_break WHERE indicator_id = 'population'
),
known AS (
    SELECT
        city.city_id, years.year, city.province_id, own.value AS own, province.value AS province,
        city.legal_type = 'metropolitan'
            AND years.year >= greatest(one_border.year, coalesce(city.legal_type_since, 0)) AS is_whole_province
    FROM mart.dim_city AS city
    CROSS JOIN years
    CROSS JOIN one_border
    LEFT JOIN people AS own ON own.place_id = city.city_id AND own.year = years.year
    LEFT JOIN people AS province ON province.place_id = city.province_id AND province.year = years.year
    WHERE city.kind = 'municipality'
)
SELECT
    city_id, year,
    CASE WHEN own IS NOT NULL THEN own WHEN is_whole_province THEN province END AS population,
    CASE
        WHEN own IS NOT NULL THEN 'own'
        WHEN province IS NULL THEN 'not_published'
        WHEN is_whole_province THEN 'province_border'
        ELSE 'not_own'
    END AS status,
    CASE WHEN own IS NULL AND province IS NOT NULL THEN province_id ELSE city_id END AS measured_id
FROM known
ORDER BY city_id, year
