-- Every indicator of a plan has a row for each year of it, and no row is of another indicator or year.
WITH expected AS (
    SELECT plan_id, indicator_id, unnest(range(first_year, last_year + 1)) AS year
    FROM mart.plan_indicator
    JOIN mart.dim_plan USING (plan_id)
)
SELECT count(*), any_value(plan_id || ' / ' || indicator_id || ' / ' || year)
FROM (
    (SELECT plan_id, indicator_id, year FROM mart.plan_value EXCEPT SELECT plan_id, indicator_id, year FROM expected)
    UNION ALL
    (SELECT plan_id, indicator_id, year FROM expected EXCEPT SELECT plan_id, indicator_id, year FROM mart.plan_value)
)
