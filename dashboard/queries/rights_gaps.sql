-- One group against the reference of its grouping, on one question of a year: a row for every municipality, whatever
-- it lacks. The reference is the one the wave of the city declares.
WITH cell AS (
  SELECT city_id, wave_id, item_id, group_var, group_id, n, share, status, reason FROM mart.survey_estimate
  WHERE year = $year AND is_first AND item_id = $item_id AND group_var = $group_var
),
chosen AS (
  SELECT DISTINCT city_id, wave_id FROM mart.survey_estimate WHERE year = $year AND is_first AND group_var = 'all'
)
SELECT
  city.city_id, city.sort_key, chosen.wave_id,
  own.n, own.share, own.status AS group_status, own.reason AS group_reason,
  reference.n AS reference_n, reference.share AS reference_share, reference.reason AS reference_reason,
  gap.status, gap.diff, gap.low, gap.high, gap.ratio, gap.ratio_low, gap.ratio_high, gap.p_holm
FROM mart.dim_city AS city
LEFT JOIN chosen USING (city_id)
LEFT JOIN cell AS own ON own.city_id = city.city_id AND own.group_id = $group_id
LEFT JOIN mart.dim_category AS declared
  ON declared.wave_id = own.wave_id AND declared.group_var = own.group_var AND declared.is_reference
LEFT JOIN cell AS reference ON reference.city_id = city.city_id AND reference.group_id = declared.group_id
LEFT JOIN mart.survey_gap AS gap
  ON gap.city_id = city.city_id AND gap.wave_id = own.wave_id AND gap.item_id = own.item_id
  AND gap.group_var = own.group_var AND gap.group_id = own.group_id
WHERE city.kind = 'municipality'
ORDER BY city.sort_key;
