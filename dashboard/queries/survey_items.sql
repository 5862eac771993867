SELECT * FROM mart.dim_item ORDER BY wave_id, sort_key;
