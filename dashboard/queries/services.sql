SELECT * FROM mart.dim_service ORDER BY sort_key;
