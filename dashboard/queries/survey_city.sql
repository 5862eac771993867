-- Every question of one city in one year, everybody: what its services page shows.
SELECT year, wave_id, item_id, status, reason, n, share, share_low, share_high
FROM mart.survey_estimate
WHERE year = $year AND city_id = $city_id AND group_var = 'all' AND is_first;
