SELECT * FROM mart.dim_theme ORDER BY sort_key;
