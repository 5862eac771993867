-- Every pilot position x indicator x period: what arrived, as what, since when, or who owes it.
SELECT
  v.position, v.city_id, i.theme_id, v.indicator_id, v.period, v.state, v.reason,
  v.since, v.due, v.owner_tr, v.owner_en, v.file_id
FROM mart.coverage AS v
JOIN mart.dim_indicator AS i USING (indicator_id)
ORDER BY v.position, i.theme_id, i.sort_key, v.period;
