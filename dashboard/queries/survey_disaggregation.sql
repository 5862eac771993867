-- For each city with a wave in a year and each grouping of it: categories with a figure that may be told, of how many,
-- over the satisfaction questions. A sample before an open link.
WITH chosen AS (
  SELECT DISTINCT e.city_id, e.wave_id, w.mode
  FROM mart.survey_estimate AS e JOIN mart.dim_wave AS w USING (wave_id)
  WHERE e.year = $year
  QUALIFY dense_rank() OVER (PARTITION BY e.city_id ORDER BY w.mode DESC, e.wave_id) = 1
)
SELECT e.city_id, e.group_var,
  count(*) FILTER (e.share IS NOT NULL) AS told,
  count(*) FILTER (e.status = 'suppressed') AS hidden,
  count(*) FILTER (e.status = 'low_reliability') AS imprecise,
  count(*) AS cells
FROM mart.survey_estimate AS e
JOIN chosen USING (city_id, wave_id)
JOIN mart.dim_item AS i USING (wave_id, item_id)
WHERE i.aspect = 'satisfaction' AND e.group_var <> 'all' AND NOT contains(e.group_var, '*')
GROUP BY e.city_id, e.group_var;
