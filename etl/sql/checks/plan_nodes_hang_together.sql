-- Every plan is a known municipality's and leads to a file; every objective has its goal, every indicator its objective; every
-- node is rolled up for every year of its plan; every finding is of a node there is.
WITH node AS (
    SELECT plan_id, 'indicator' AS level, indicator_id AS node_id FROM mart.plan_indicator
    UNION ALL
    SELECT plan_id, 'objective', objective_id FROM mart.plan_objective
    UNION ALL
    SELECT plan_id, 'goal', goal_id FROM mart.plan_goal
    UNION ALL
    SELECT plan_id, 'plan', plan_id FROM mart.dim_plan
),
named AS (
    SELECT plan_id, 'goal' AS level, goal_id AS node_id FROM mart.plan_objective
    UNION ALL
    SELECT plan_id, 'objective', objective_id FROM mart.plan_indicator
    UNION ALL
    SELECT plan_id, level, node_id FROM mart.plan_finding
    UNION ALL
    SELECT plan_id, level, node_id FROM mart.plan_rollup
    UNION ALL
    SELECT plan_id, 'plan', plan_id FROM mart.plan_goal
)
SELECT count(*), any_value(spot)
FROM (
    SELECT plan_id || ' / ' || level || ' / ' || node_id AS spot FROM named ANTI JOIN node USING (plan_id, level, node_id)
    UNION ALL
    SELECT plan_id || ' / ' || city_id
    FROM mart.dim_plan
    WHERE city_id NOT IN (SELECT city_id FROM mart.dim_city WHERE kind = 'municipality')
        OR lineage_id NOT IN (SELECT lineage_id FROM meta.lineage WHERE kind = 'source')
    UNION ALL
    SELECT plan_id || ' / ' || level || ' / ' || node_id || ' / ' || year
    FROM (
        SELECT plan_id, level, node_id, unnest(range(first_year, last_year + 1)) AS year
        FROM node JOIN mart.dim_plan USING (plan_id)
        WHERE level <> 'indicator'
    )
    ANTI JOIN mart.plan_rollup USING (plan_id, level, node_id, year)
)
