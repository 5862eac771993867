SELECT * FROM mart.dim_break ORDER BY indicator_id, year;
