-- One group against the reference of its grouping, on one question of a year: a row for every municipality, whatever
-- it lacks. One wave a city, a sample before an open link; the reference is the one that wave declares.
WITH chosen AS (
  SELECT e.city_id, e.wave_id, w.mode
  FROM mart.survey_estimate AS e JOIN mart.dim_wave AS w USING (wave_id)
  WHERE e.year = $year AND e.group_var = 'all'
  QUALIFY row_number() OVER (PARTITION BY e.city_id ORDER BY w.mode DESC, e.wave_id) = 1
),
cell AS (
  SELECT e.*, i.version, c.is_reference
  FROM mart.survey_estimate AS e
  JOIN chosen USING (city_id, wave_id)
  JOIN mart.dim_item AS i USING (wave_id, item_id)
  JOIN mart.dim_category AS c USING (wave_id, group_var, group_id)
  WHERE e.item_id = $item_id AND e.group_var = $group_var AND (e.group_id = $group_id OR c.is_reference)
)
SELECT
  city.city_id, city.name_tr, city.name_en, city.sort_key, city.legal_type, city.role, chosen.wave_id, chosen.mode,
  own.version, own.n, own.share, own.status AS group_status, own.reason AS group_reason,
  reference.n AS reference_n, reference.share AS reference_share, reference.reason AS reference_reason,
  gap.status, gap.diff, gap.low, gap.high, gap.ratio, gap.ratio_low, gap.ratio_high, gap.p_holm
FROM mart.dim_city AS city
LEFT JOIN chosen USING (city_id)
LEFT JOIN cell AS own ON own.city_id = city.city_id AND own.group_id = $group_id
LEFT JOIN cell AS reference ON reference.city_id = city.city_id AND reference.is_reference
LEFT JOIN mart.survey_gap AS gap
  ON gap.city_id = city.city_id AND gap.wave_id = own.wave_id AND gap.item_id = own.item_id
  AND gap.group_var = own.group_var AND gap.group_id = own.group_id
WHERE city.kind = 'municipality'
ORDER BY city.sort_key;
