-- For each municipality with a plan that had begun by a year: the plan with the newest value of a year's end up to that
-- one (or the newest plan), its objectives of the asked services, and the state of each in that year. A plan without such
-- an objective is one row without any. Without $city_id, every municipality.
WITH told AS (
  SELECT plan_id, max(year) AS year
  FROM mart.plan_value
  WHERE year <= $year AND month = 12 AND actual IS NOT NULL
  GROUP BY plan_id
),
shown AS (
  SELECT p.*, t.year
  FROM mart.dim_plan AS p
  LEFT JOIN told AS t USING (plan_id)
  WHERE p.first_year <= $year AND ($city_id IS NULL OR p.city_id = $city_id)
  QUALIFY row_number() OVER (PARTITION BY p.city_id ORDER BY t.year DESC NULLS LAST, p.first_year DESC) = 1
)
SELECT s.city_id, s.plan_id, s.first_year, s.last_year, s.is_synthetic, l.source_id, s.year,
  o.service_id, o.objective_id, o.label, r.display
FROM shown AS s
LEFT JOIN mart.plan_objective AS o ON o.plan_id = s.plan_id AND list_contains($services, o.service_id)
LEFT JOIN mart.plan_rollup AS r
  ON r.plan_id = s.plan_id AND r.level = 'objective' AND r.node_id = o.objective_id AND r.year = s.year
LEFT JOIN meta.lineage AS l USING (lineage_id)
ORDER BY s.city_id, o.sort_key;
