-- How many indicators of each objective have a value in each year of a plan: of the year's end, of within the year.
SELECT
    o.goal_id, o.objective_id, v.year,
    count(*) FILTER (WHERE v.month = 12) AS closed,
    count(*) FILTER (WHERE v.month < 12) AS within
FROM mart.plan_value AS v
JOIN mart.plan_indicator AS i USING (plan_id, indicator_id)
JOIN mart.plan_objective AS o USING (plan_id, objective_id)
WHERE v.plan_id = $plan_id
GROUP BY ALL
ORDER BY ALL;
