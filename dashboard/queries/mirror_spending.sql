-- What the asked entities of each municipality spent in a year on the functions of each asked service, and what stands in
-- the way of telling it. No row: none of these entities sent a budget of that year. Without $city_id, every municipality.
WITH asked AS (
  SELECT s.service_id, list(DISTINCT b.code) AS codes, list(DISTINCT split_part(b.code, '.', 1)) AS divisions
  FROM mart.dim_service AS s, unnest(s.functions) AS f(code), mart.dim_budget_code AS b
  WHERE list_contains($services, s.service_id) AND b.classification = 'functional'
    AND (b.code = f.code OR starts_with(b.code, f.code || '.'))
  GROUP BY s.service_id
),
budget AS (
  SELECT city_id, function_id, sum(outturn_try) AS outturn_try, count(*) > count(outturn_try) AS lacks_outturn,
    bool_or(is_provisional) AS is_provisional, max(is_synthetic) AS is_synthetic, min(lineage_id) AS lineage_id,
    bool_or(entity = 'municipality') AS has_municipality
  FROM mart.fact_spending
  WHERE year = $year AND side = 'expenditure' AND list_contains($entities, entity)
    AND ($city_id IS NULL OR city_id = $city_id)
  GROUP BY city_id, function_id
),
told AS (
  SELECT b.city_id, a.service_id,
    bool_or(b.has_municipality) AS has_municipality,
    sum(b.outturn_try) FILTER (list_contains(a.codes, b.function_id)) AS spent,
    bool_or(list_contains(a.codes, b.function_id)) AS has_own,
    bool_or(list_contains(a.divisions, b.function_id) AND NOT list_contains(a.codes, b.function_id)) AS has_coarse,
    coalesce(sum(b.outturn_try) FILTER (b.function_id = 'unclassified'), 0) AS unclassified,
    sum(b.outturn_try) AS total,
    bool_or(b.lacks_outturn) AS lacks_outturn,
    bool_or(b.is_provisional) AS is_provisional,
    bool_or(b.is_synthetic) AS is_synthetic,
    min(b.lineage_id) AS lineage_id
  FROM budget AS b
  CROSS JOIN asked AS a
  GROUP BY b.city_id, a.service_id
)
SELECT t.*, p.population, l.source_id
FROM told AS t
LEFT JOIN mart.city_population AS p ON p.city_id = t.city_id AND p.year = $year
LEFT JOIN meta.lineage AS l USING (lineage_id);
