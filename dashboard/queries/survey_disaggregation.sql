-- For each city with a wave in a year and each grouping of it: categories with a figure that may be told, of how many,
-- over the questions asked for.
SELECT city_id, group_var,
  count(*) FILTER (share IS NOT NULL) AS told,
  count(*) FILTER (status = 'suppressed') AS hidden,
  count(*) FILTER (status = 'low_reliability') AS imprecise,
  count(*) AS cells
FROM mart.survey_estimate
WHERE year = $year AND is_first AND group_var <> 'all' AND NOT contains(group_var, '*')
  AND list_contains($items, item_id)
GROUP BY city_id, group_var;
