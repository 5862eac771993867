-- The indicators of one objective in every year of the plan.
SELECT i.indicator_id, i.label, i.unit, i.kind, i.baseline, v.* EXCLUDE (plan_id, indicator_id)
FROM mart.plan_indicator AS i
JOIN mart.plan_value AS v USING (plan_id, indicator_id)
WHERE i.plan_id = $plan_id AND i.objective_id = $objective_id
ORDER BY i.sort_key, v.year;
