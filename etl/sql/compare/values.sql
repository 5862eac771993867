-- How many figures a warehouse holds.
SELECT count(value) FROM mart.fact_value
