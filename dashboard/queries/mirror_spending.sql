-- What the asked entities of each municipality spent in a year on the functions of each asked service, and what stands in
-- the way of telling it. No row: none of these entities sent a budget of that year. Without $city_id, every municipality.
WITH budget AS (
  SELECT city_id, entity, function_id, sum(outturn_try) AS outturn_try, bool_or(outturn_try IS NULL) AS lacks_outturn,
    bool_or(is_provisional) AS is_provisional, bool_or(is_synthetic) AS is_synthetic, min(lineage_id) AS lineage_id
  FROM mart.fact_spending
  WHERE year = $year AND side = 'expenditure' AND list_contains($entities, entity)
    AND ($city_id IS NULL OR city_id = $city_id)
  GROUP BY ALL
),
asked AS (
  SELECT service_id, functions, list_transform(functions, lambda code: split_part(code, '.', 1)) AS divisions
  FROM mart.dim_service
  WHERE list_contains($services, service_id)
),
held AS (
  SELECT b.*, a.service_id,
    list_bool_or(list_transform(a.functions, lambda code: b.function_id = code OR starts_with(b.function_id, code || '.'))) AS is_own,
    list_contains(a.divisions, b.function_id) AS is_coarse
  FROM budget AS b
  CROSS JOIN asked AS a
)
SELECT h.city_id, h.service_id,
  list_sort(list(DISTINCT h.entity)) AS entities,
  sum(h.outturn_try) FILTER (h.is_own) AS spent,
  count(*) FILTER (h.is_own) > 0 AS has_own,
  count(*) FILTER (h.is_coarse AND NOT h.is_own) > 0 AS has_coarse,
  coalesce(sum(h.outturn_try) FILTER (h.function_id = 'unclassified'), 0) AS unclassified,
  sum(h.outturn_try) AS total,
  bool_or(h.lacks_outturn) AS lacks_outturn,
  bool_or(h.is_provisional) AS is_provisional,
  bool_or(h.is_synthetic) AS is_synthetic,
  any_value(l.source_id) AS source_id,
  any_value(p.population) AS population,
  any_value(p.status) AS population_status
FROM held AS h
LEFT JOIN mart.city_population AS p ON p.city_id = h.city_id AND p.year = $year
LEFT JOIN meta.lineage AS l USING (lineage_id)
GROUP BY h.city_id, h.service_id;
