-- Point estimates and linearised variances of every cell (Taylor, ultimate clusters; a stratum in which one PSU
-- was sampled adds the square of its total). _fpc: with the finite population correction of the strata.
WITH stratum AS (
  SELECT wave, place, group_var, "group", item, city, stratum,
    sum(zm) AS zm, sum(zm * zm) AS zmm, sum(zp) AS zp, sum(zp * zp) AS zpp
  FROM (
    SELECT d.*, (d.swy - c.mean * d.sw) / c.sum_w AS zm, (d.swp - c.p * d.sw) / c.sum_w AS zp
    FROM score AS d JOIN cell AS c USING (wave, place, group_var, "group", item)
    WHERE c.n > 0
  )
  GROUP BY ALL
),
spread AS (
  SELECT wave, place, group_var, "group", item,
    CASE WHEN n_h = 1 THEN zmm ELSE n_h / (n_h - 1) * (zmm - zm * zm / n_h) END AS vm,
    CASE WHEN n_h = 1 THEN zpp ELSE n_h / (n_h - 1) * (zpp - zp * zp / n_h) END AS vp,
    1 - coalesce(n_h / psu_total, 0) AS unsampled
  FROM stratum JOIN sampled USING (wave, city, stratum)
),
variance AS (
  SELECT wave, place, group_var, "group", item, sum(vm) AS v_mean, sum(vp) AS v_p,
    sum(unsampled * vm) AS v_mean_fpc, sum(unsampled * vp) AS v_p_fpc
  FROM spread GROUP BY ALL
)
SELECT * FROM cell LEFT JOIN variance USING (wave, place, group_var, "group", item)
ORDER BY wave, place, group_var, "group", item;
