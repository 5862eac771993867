-- A share lies between 0 and 100.
SELECT count(*), any_value(city_id || ' / ' || indicator_id || ' / ' || period)
FROM mart.fact_value
JOIN mart.dim_indicator USING (indicator_id)
WHERE kind = 'share' AND NOT value BETWEEN 0 AND 100
