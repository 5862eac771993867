-- Every question of one city in one year, everybody: what its services page shows.
SELECT e.*, i.version, i.aspect, i.service_id, i.is_filtered, i.sort_key
FROM mart.survey_estimate AS e
JOIN mart.dim_wave AS w USING (wave_id)
JOIN mart.dim_item AS i USING (wave_id, item_id)
WHERE e.year = $year AND e.city_id = $city_id AND e.group_var = 'all'
QUALIFY row_number() OVER (PARTITION BY e.item_id ORDER BY w.mode DESC, w.wave_id) = 1
ORDER BY i.sort_key;
