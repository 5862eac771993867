-- What the variance is taken of where weights are calibrated: each sum less what the margins tell of it. The score
-- of every estimate is linear in the sums, so its residual is made of theirs. PSUs without an answer in a cell are
-- here as well: their people were calibrated too.
USE main;

CREATE TABLE score AS
WITH fitted AS (
  SELECT h.class_id, m.group_var, m."group", m.item,
    sum(h.part * m.sw) AS sw, sum(h.part * m.swy) AS swy, sum(h.part * m.swp) AS swp
  FROM projection AS h JOIN by_class.moment AS m ON m.psu_id = h.of_class
  GROUP BY ALL
),
part AS (SELECT psu_id, class_id, sum(weight) AS weight FROM weighed GROUP BY ALL),
residual AS (
  SELECT psu_id, group_var, "group", item, sum(n) AS n, sum(sw) AS sw, sum(swy) AS swy, sum(swp) AS swp
  FROM (
    SELECT psu_id, group_var, "group", item, n, sw, swy, swp FROM moment
    UNION ALL
    SELECT psu_id, group_var, "group", item, 0, -weight * sw, -weight * swy, -weight * swp
    FROM part JOIN fitted USING (class_id)
  )
  GROUP BY ALL
)
SELECT p.wave, p.city, p.stratum, r.*, p.city AS place FROM residual AS r JOIN sampled_psu AS p USING (psu_id)
UNION ALL
SELECT p.wave, p.city, p.stratum, r.*, $pool FROM residual AS r JOIN sampled_psu AS p USING (psu_id)
WHERE r.group_var = 'all';
