-- What everybody in each city says in one year, of every question of one kind: one wave a city, a sample first.
SELECT e.*, c.name_tr, c.name_en, c.sort_key, c.legal_type, w.mode, w.has_strata OR w.has_psu AS has_design, i.version,
  i.service_id, i.is_filtered
FROM mart.survey_estimate AS e
JOIN mart.dim_wave AS w USING (wave_id)
JOIN mart.dim_item AS i USING (wave_id, item_id)
JOIN mart.dim_city AS c USING (city_id)
WHERE e.year = $year AND e.group_var = 'all' AND i.aspect = $aspect
QUALIFY row_number() OVER (PARTITION BY e.city_id, e.item_id ORDER BY w.mode DESC, w.wave_id) = 1
ORDER BY c.sort_key, i.sort_key;
