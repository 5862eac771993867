-- What changed since the last wave in each city, on one question.
SELECT change.*, c.name_tr, c.name_en, c.sort_key
FROM mart.survey_change AS change
JOIN mart.dim_city AS c USING (city_id)
WHERE change.year = $year AND change.item_id = $item_id
ORDER BY c.sort_key;
