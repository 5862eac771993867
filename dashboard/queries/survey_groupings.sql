SELECT * FROM mart.dim_grouping ORDER BY sort_key;
