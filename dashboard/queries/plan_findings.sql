-- The lint of a plan: what holds for the plan as such, and for one of its years.
SELECT level, node_id, year, rule, is_blocking
FROM mart.plan_finding
WHERE plan_id = $plan_id AND (year IS NULL OR year = $year)
ORDER BY level, node_id, rule;
