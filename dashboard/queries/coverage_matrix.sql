-- Every monitored place x theme, indicator, or indicator and period ($by): how many cells are in which state.
SELECT
  v.position, v.city_id,
  CASE $by
    WHEN 'theme' THEN i.theme_id
    WHEN 'indicator' THEN v.indicator_id
    ELSE v.indicator_id || '@' || v.period
  END AS cell,
  count(*) FILTER (WHERE v.state = 'received') AS received,
  count(*) FILTER (WHERE v.state = 'province_value') AS province_value,
  count(*) FILTER (WHERE v.state = 'provisional') AS provisional,
  count(*) FILTER (WHERE v.state = 'suppressed') AS suppressed,
  count(*) FILTER (WHERE v.state = 'late') AS late,
  count(*) FILTER (WHERE v.state = 'never') AS never,
  count(*) FILTER (WHERE v.state = 'not_due') AS not_due,
  count(*) FILTER (WHERE v.state = 'not_applicable') AS not_applicable,
  count(*) FILTER (WHERE v.state = 'unnamed') AS unnamed,
  max(v.period) FILTER (WHERE v.state IN ('received', 'province_value', 'provisional', 'suppressed')) AS newest,
  max(v.since) FILTER (WHERE v.state IN ('received', 'province_value', 'provisional', 'suppressed')) AS arrived_on
FROM mart.coverage AS v
JOIN mart.dim_indicator AS i USING (indicator_id)
WHERE i.state = 'published' AND ($theme = '' OR i.theme_id = $theme)
GROUP BY ALL
ORDER BY v.position;
