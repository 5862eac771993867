-- Every estimate is of a declared question and category, in a city that exists.
SELECT count(*), any_value(estimate.wave_id || ' / ' || estimate.city_id || ' / ' || estimate.item_id || ' / ' || estimate.group_id)
FROM mart.survey_estimate AS estimate
LEFT JOIN mart.dim_city AS city USING (city_id)
LEFT JOIN mart.dim_item AS item USING (wave_id, item_id)
LEFT JOIN mart.dim_category AS category USING (wave_id, group_var, group_id)
WHERE city.city_id IS NULL OR item.item_id IS NULL OR (category.group_id IS NULL AND estimate.group_var <> 'all')
