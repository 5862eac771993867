-- What everybody in each city says in one year of the questions asked for; the wave that stands for the city.
SELECT e.*, c.sort_key
FROM mart.survey_estimate AS e
JOIN mart.dim_city AS c USING (city_id)
WHERE e.year = $year AND e.group_var = 'all' AND e.is_first AND list_contains($items, e.item_id)
ORDER BY c.sort_key;
