SELECT i.*
FROM mart.dim_indicator AS i
JOIN mart.dim_theme AS t USING (theme_id)
WHERE i.state = 'published'
ORDER BY t.sort_key, i.sort_key, i.indicator_id;
