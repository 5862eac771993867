-- One group against its reference in every city, on one question of a year.
SELECT gap.*, c.name_tr, c.name_en, c.sort_key
FROM mart.survey_gap AS gap
JOIN mart.dim_city AS c USING (city_id)
WHERE gap.year = $year AND gap.item_id = $item_id AND gap.group_var = $group_var AND gap.group_id = $group_id
ORDER BY c.sort_key;
