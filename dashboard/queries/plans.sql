-- Every strategic plan received: its years, its file, and the years that have a value of their end, or any value.
SELECT
    p.plan_id, p.city_id, p.first_year, p.last_year, p.is_synthetic, l.source_id, f.name AS file_name,
    list(DISTINCT v.year ORDER BY v.year) FILTER (WHERE v.month = 12) AS closed,
    list(DISTINCT v.year ORDER BY v.year) FILTER (WHERE v.month IS NOT NULL) AS reported
FROM mart.dim_plan AS p
LEFT JOIN meta.lineage AS l USING (lineage_id)
LEFT JOIN meta.file AS f USING (file_id)
LEFT JOIN mart.plan_value AS v USING (plan_id)
GROUP BY ALL
ORDER BY p.city_id, p.first_year;
