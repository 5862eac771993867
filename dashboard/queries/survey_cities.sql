SELECT DISTINCT wave_id, city_id FROM mart.survey_estimate ORDER BY wave_id, city_id;
