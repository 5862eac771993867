-- The performance indicators of a plan with what one year says of them.
SELECT i.* EXCLUDE (plan_id, sort_key), v.* EXCLUDE (plan_id, indicator_id)
FROM mart.plan_indicator AS i
LEFT JOIN mart.plan_value AS v ON v.plan_id = i.plan_id AND v.indicator_id = i.indicator_id AND v.year = $year
WHERE i.plan_id = $plan_id
ORDER BY i.sort_key;
