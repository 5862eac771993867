SELECT * FROM mart.dim_city ORDER BY sort_key, city_id;
