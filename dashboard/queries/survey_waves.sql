SELECT * FROM mart.dim_wave ORDER BY year, wave_id;
