-- No division by zero and no failed method has left its mark on a figure.
SELECT count(*), any_value(figure)
FROM (
    SELECT value, city_id || ' / ' || indicator_id || ' / ' || period AS figure FROM mart.fact_value
    UNION ALL
    SELECT value, reference_id || ' / ' || indicator_id || ' / ' || period FROM mart.reference_value
    UNION ALL
    SELECT score, index_id || ' / ' || variant || ' / ' || city_id FROM mart.index_variant
)
WHERE NOT isfinite(value)
