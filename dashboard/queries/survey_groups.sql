-- Satisfaction of every group of one city in one year; one wave, a sample before an open link.
SELECT e.*, i.version, i.service_id
FROM mart.survey_estimate AS e
JOIN mart.dim_wave AS w USING (wave_id)
JOIN mart.dim_item AS i USING (wave_id, item_id)
WHERE e.year = $year AND e.city_id = $city_id AND i.aspect = 'satisfaction'
QUALIFY dense_rank() OVER (ORDER BY w.mode DESC, w.wave_id) = 1;
