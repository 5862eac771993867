SELECT position, state, city_id, source_url FROM mart.roster_position ORDER BY position;
