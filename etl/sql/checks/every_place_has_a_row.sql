-- Every place has a row for every indicator and every period the indicator has rows for.
SELECT count(*), any_value(city_id || ' / ' || indicator_id || ' / ' || period)
FROM (
    SELECT place.city_id, cell.indicator_id, cell.period
    FROM mart.dim_city AS place
    CROSS JOIN (SELECT DISTINCT indicator_id, period, group_id FROM mart.fact_value) AS cell
    ANTI JOIN mart.fact_value AS fact
        ON fact.city_id = place.city_id AND fact.indicator_id = cell.indicator_id
        AND fact.period = cell.period AND fact.group_id = cell.group_id
)
