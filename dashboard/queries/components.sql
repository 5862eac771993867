SELECT * FROM mart.index_component ORDER BY index_id, sort_key;
