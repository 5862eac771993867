-- Goals and objectives of every plan in the order of the plan, goals first: what an address may open.
WITH nodes AS (
    SELECT plan_id, 1 AS tier, sort_key, goal_id AS node_id, NULL AS parent_id, label, NULL AS service_id, NULL AS responsible
    FROM mart.plan_goal
    UNION ALL
    SELECT plan_id, 2, sort_key, objective_id, goal_id, label, service_id, responsible
    FROM mart.plan_objective
)
SELECT plan_id, if(tier = 1, 'goal', 'objective') AS level, node_id, parent_id, label, service_id, responsible
FROM nodes
ORDER BY plan_id, tier, sort_key;
