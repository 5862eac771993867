SELECT * FROM mart.dim_source ORDER BY source_id;
