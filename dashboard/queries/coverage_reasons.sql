-- Cells of monitoring with their reason, the most urgent state first; `total` counts those beyond the limit too.
WITH chosen AS (
  SELECT
    v.*, i.theme_id, t.sort_key AS theme_order, i.sort_key AS indicator_order,
    list_position($urgency, v.state) AS urgency, count(*) OVER () AS total
  FROM mart.coverage AS v
  JOIN mart.dim_indicator AS i USING (indicator_id)
  JOIN mart.dim_theme AS t USING (theme_id)
  WHERE i.state = 'published'
    AND ($position = 0 OR v.position = $position)
    AND ($theme = '' OR i.theme_id = $theme)
    AND ($indicator = '' OR v.indicator_id = $indicator)
    AND ($period = '' OR v.period = $period)
    AND ($state = '' OR v.state = $state)
  ORDER BY urgency, v.position, theme_order, indicator_order, v.indicator_id, v.period DESC
  LIMIT $most
)
SELECT
  chosen.position, chosen.city_id, chosen.theme_id, chosen.indicator_id, chosen.period, chosen.state, chosen.reason,
  chosen.since, chosen.due, chosen.owner_tr, chosen.owner_en, chosen.total,
  file.name AS file_name, lineage.sheet, lineage.row_number,
  CASE WHEN lineage.kind = 'computed' AND fact.value IS NOT NULL THEN lineage.method END AS method
FROM chosen
LEFT JOIN mart.fact_value AS fact
  ON fact.city_id = chosen.city_id AND fact.indicator_id = chosen.indicator_id
  AND fact.period = chosen.period AND fact.group_id = 'total'
LEFT JOIN meta.lineage AS lineage ON lineage.lineage_id = fact.lineage_id
LEFT JOIN meta.file AS file ON file.file_id = chosen.file_id
ORDER BY
  chosen.urgency, chosen.position, chosen.theme_order, chosen.indicator_order, chosen.indicator_id, chosen.period DESC;
