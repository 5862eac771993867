-- The income gradient of every service in one city and year.
SELECT * FROM mart.survey_inequality WHERE year = $year AND city_id = $city_id;
