-- Every indicator in its newest period of which anything came (otherwise its newest due one): how many places have what.
WITH newest AS (
  SELECT
    indicator_id,
    coalesce(
      max(period) FILTER (WHERE state IN ('received', 'province_value', 'provisional', 'suppressed')),
      max(period) FILTER (WHERE state <> 'not_due'), max(period)
    ) AS period
  FROM mart.coverage
  WHERE state <> 'unnamed'
  GROUP BY indicator_id
)
SELECT
  i.indicator_id, i.theme_id, newest.period,
  count(*) FILTER (WHERE v.state = 'received') AS received,
  count(*) FILTER (WHERE v.state = 'province_value') AS province_value,
  count(*) FILTER (WHERE v.state = 'provisional') AS provisional,
  count(*) FILTER (WHERE v.state = 'suppressed') AS suppressed,
  count(*) FILTER (WHERE v.state IN ('late', 'never', 'not_due')) AS missing,
  count(*) FILTER (WHERE v.state = 'not_applicable') AS not_applicable
FROM mart.coverage AS v
JOIN newest USING (indicator_id, period)
JOIN mart.dim_indicator AS i USING (indicator_id)
JOIN mart.dim_theme AS t USING (theme_id)
WHERE i.state = 'published' AND v.state <> 'unnamed' AND ($theme = '' OR i.theme_id = $theme)
GROUP BY ALL
ORDER BY any_value(t.sort_key), any_value(i.sort_key), i.indicator_id;
