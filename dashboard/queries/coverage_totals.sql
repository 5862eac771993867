-- Of all named places together: cells in each state, and the newest period that came, by theme.
SELECT
  i.theme_id, v.state, count(*) AS cells,
  max(v.period) FILTER (WHERE list_contains($arrived, v.state)) AS newest
FROM mart.coverage AS v
JOIN mart.dim_indicator AS i USING (indicator_id)
WHERE i.state = 'published' AND v.state <> 'unnamed' AND ($theme = '' OR i.theme_id = $theme)
GROUP BY ALL;
