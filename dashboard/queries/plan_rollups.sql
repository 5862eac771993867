-- What objectives, goals and the plan itself come to, year by year.
SELECT * EXCLUDE (plan_id) FROM mart.plan_rollup WHERE plan_id = $plan_id ORDER BY year;
