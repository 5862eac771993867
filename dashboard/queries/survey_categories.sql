SELECT * FROM mart.dim_category ORDER BY wave_id, sort_key;
