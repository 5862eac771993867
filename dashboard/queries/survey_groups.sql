-- What every group of one city says in one year of the questions asked for.
SELECT * FROM mart.survey_estimate
WHERE year = $year AND city_id = $city_id AND is_first AND list_contains($items, item_id);
