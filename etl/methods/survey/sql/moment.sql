-- What every estimate is made of, a row a PSU: weighted sums of the answers in one cell. Waves and places are
-- strata of the design; the pool of all places is one more domain over the same PSUs.
CREATE TABLE sampled AS
SELECT wave, city, stratum, count(DISTINCT psu) AS n_h, max(psu_total) AS psu_total
FROM respondent GROUP BY ALL;

CREATE TABLE moment AS
SELECT
  wave, city, stratum, psu, group_var, "group", item,
  count(*) AS n_rows,
  count(*) FILTER (valid) AS n,
  count(*) FILTER (code = $no_opinion) AS n_no_opinion,
  count(*) FILTER (code IS NULL) AS n_blank,
  coalesce(sum(weight) FILTER (valid), 0) AS sw,
  coalesce(sum(weight * weight) FILTER (valid), 0) AS sww,
  coalesce(sum(weight * code) FILTER (valid), 0) AS swy,
  coalesce(sum(weight * code * code) FILTER (valid), 0) AS swyy,
  coalesce(sum(weight) FILTER (valid AND code >= $satisfied_from), 0) AS swp
FROM (
  SELECT r.*, m.group_var, m."group", a.item, a.code, a.code BETWEEN $lowest AND $highest AS valid
  FROM respondent AS r JOIN membership AS m USING (unit) JOIN answer AS a USING (unit)
  WHERE r.weight > 0
)
GROUP BY ALL;
