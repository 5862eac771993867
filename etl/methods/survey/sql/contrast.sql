-- Variance of p_a - p_b where both share PSUs (two groups of a city, a city and the pool): the score vectors are
-- subtracted PSU by PSU, so the covariance is in it. `contrast` names the two cells of each pair.
WITH side AS (
  SELECT id, wave, item, place_a AS place, group_var, group_a AS "group", 1 AS sign FROM contrast
  UNION ALL
  SELECT id, wave, item, place_b, group_var, group_b, -1 FROM contrast
),
signed AS (
  SELECT s.id, d.wave, d.city, d.stratum, d.psu_id, sum(d.n) AS n,
    sum(s.sign * (d.swp - c.p * d.sw) / c.sum_w) AS z
  FROM side AS s
  JOIN score AS d USING (wave, place, group_var, "group", item)
  JOIN cell AS c USING (wave, place, group_var, "group", item)
  WHERE c.n > 0
  GROUP BY ALL
),
stratum AS (
  SELECT id, wave, city, stratum, sum(z) AS total, sum(z * z) AS squares, count(*) FILTER (n > 0) AS answering
  FROM signed GROUP BY ALL
)
SELECT id,
  sum(CASE WHEN n_h = 1 THEN squares ELSE n_h / (n_h - 1) * (squares - total * total / n_h) END) AS v,
  sum(answering) - count(*) FILTER (answering > 0) AS df
FROM stratum JOIN sampled USING (wave, city, stratum)
GROUP BY id ORDER BY id;
