-- Every gap of one city in one year.
SELECT * FROM mart.survey_gap WHERE year = $year AND city_id = $city_id;
