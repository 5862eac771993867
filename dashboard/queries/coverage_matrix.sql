-- Every monitored place x theme, indicator, or indicator and period ($by): how many cells came, of how many due.
-- `standing` is the place in $standing of the state that stands for the cells, `shown` how many are in $state.
SELECT
  v.position, v.city_id,
  CASE $by
    WHEN 'theme' THEN i.theme_id
    WHEN 'indicator' THEN v.indicator_id
    ELSE v.indicator_id || '@' || v.period
  END AS cell,
  count(*) FILTER (WHERE list_contains($arrived, v.state)) AS arrived,
  count(*) FILTER (WHERE v.state NOT IN ('not_due', 'not_applicable', 'unnamed')) AS expected,
  min(list_position($standing, v.state)) AS standing,
  count(*) FILTER (WHERE v.state = $state) AS shown,
  max(v.period) FILTER (WHERE list_contains($arrived, v.state)) AS newest
FROM mart.coverage AS v
JOIN mart.dim_indicator AS i USING (indicator_id)
WHERE i.state = 'published' AND ($theme = '' OR i.theme_id = $theme)
GROUP BY ALL
ORDER BY v.position;
