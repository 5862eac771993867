-- Every plan that covers a year: how much of it was reported, how much cannot be measured, what is wrong with it.
WITH plans AS (
    SELECT plan_id FROM mart.dim_plan WHERE $year BETWEEN first_year AND last_year
),
indicators AS (
    SELECT
        plan_id,
        count(*) AS indicators,
        count(*) FILTER (WHERE month = 12) AS closed,
        count(*) FILTER (WHERE month < 12) AS within,
        count(*) FILTER (WHERE NOT is_measurable) AS unmeasurable,
        count(*) FILTER (WHERE deviation_reason IS NOT NULL) AS explained
    FROM mart.plan_value WHERE year = $year GROUP BY plan_id
),
objectives AS (
    SELECT plan_id, count(*) AS objectives, count(*) FILTER (WHERE NOT weights_ok) AS unweighted
    FROM mart.plan_rollup WHERE year = $year AND level = 'objective' GROUP BY plan_id
),
findings AS (
    SELECT plan_id, count(*) AS findings, count(*) FILTER (WHERE rule = 'no_deviation_reason') AS unexplained
    FROM mart.plan_finding WHERE year IS NULL OR year = $year GROUP BY plan_id
)
SELECT *
FROM plans
LEFT JOIN indicators USING (plan_id)
LEFT JOIN objectives USING (plan_id)
LEFT JOIN findings USING (plan_id)
ORDER BY plan_id;
