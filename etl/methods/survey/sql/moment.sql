-- What every estimate is made of, a row a PSU, group and item: counts and weighted sums of the answers. Groupings
-- are folded out, items only after the sums: a million interviews would be thirty million rows. CASE and not FILTER,
-- which would take COLUMNS as all of them at once. A satisfied answer may carry $lift on top of its code.
CREATE TABLE moment AS
WITH member AS (
  SELECT psu_id, weight, group_var, "group", COLUMNS('^q[0-9]+$')
  FROM (SELECT * FROM respondent WHERE weight > 0)
  UNPIVOT ("group" FOR group_var IN (COLUMNS(lambda c: c NOT IN ('psu_id', 'weight') AND NOT regexp_matches(c, '^q[0-9]+$'))))
  WHERE "group" <> $unreported OR group_var = 'all'
),
summed AS (
  SELECT psu_id, group_var, "group", {
    'n_rows': count(*),
    'n': count(CASE WHEN COLUMNS('^q[0-9]+$') BETWEEN $lowest AND $highest THEN 1 END),
    'n_no_opinion': count(CASE WHEN COLUMNS('^q[0-9]+$') = $no_opinion THEN 1 END),
    'n_blank': count(CASE WHEN COLUMNS('^q[0-9]+$') IS NULL THEN 1 END),
    'sw': sum(CASE WHEN COLUMNS('^q[0-9]+$') BETWEEN $lowest AND $highest THEN weight ELSE 0 END),
    'sww': sum(CASE WHEN COLUMNS('^q[0-9]+$') BETWEEN $lowest AND $highest THEN weight * weight ELSE 0 END),
    'swy': sum(CASE WHEN COLUMNS('^q[0-9]+$') BETWEEN $lowest AND $highest
      THEN weight * (COLUMNS('^q[0-9]+$') - CASE WHEN COLUMNS('^q[0-9]+$') >= $satisfied_from THEN $lift ELSE 0 END) ELSE 0 END),
    'swyy': sum(CASE WHEN COLUMNS('^q[0-9]+$') BETWEEN $lowest AND $highest
      THEN weight * (COLUMNS('^q[0-9]+$') - CASE WHEN COLUMNS('^q[0-9]+$') >= $satisfied_from THEN $lift ELSE 0 END) ^ 2 ELSE 0 END),
    'swp': sum(CASE WHEN COLUMNS('^q[0-9]+$') BETWEEN $satisfied_from AND $highest THEN weight ELSE 0 END)
  }
  FROM member GROUP BY psu_id, group_var, "group"
)
SELECT p.wave, p.city, p.stratum, p.stratum_id, p.psu_id, group_var, "group", item, sums.*
FROM summed UNPIVOT (sums FOR item IN (COLUMNS(* EXCLUDE (psu_id, group_var, "group"))))
JOIN sampled_psu AS p USING (psu_id);
