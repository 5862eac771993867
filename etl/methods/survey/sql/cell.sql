-- A place is a city or the pool of all; a cell is one place, group and item of a wave, with its point estimates.
CREATE TABLE named AS SELECT $pool AS pool;

CREATE VIEW domain AS
SELECT *, city AS place FROM moment
UNION ALL
SELECT moment.*, pool AS place FROM moment, named WHERE group_var = 'all';

-- Strata and PSUs lie within cities, so those of the pool are the cities' together.
CREATE TABLE cell AS
WITH of_city AS (
  SELECT wave, city AS place, group_var, "group", item,
    sum(n_rows) AS n_rows, sum(n) AS n, sum(n_no_opinion) AS n_no_opinion, sum(n_blank) AS n_blank,
    sum(sw) AS sw, sum(sww) AS sww, sum(swy) AS swy, sum(swyy) AS swyy, sum(swp) AS swp,
    count(*) FILTER (n > 0) AS n_psu, count(DISTINCT CASE WHEN n > 0 THEN stratum_id END) AS n_strata
  FROM moment GROUP BY ALL
),
of_place AS (
  SELECT * FROM of_city
  UNION ALL
  SELECT wave, pool, group_var, "group", item, sum(n_rows), sum(n), sum(n_no_opinion), sum(n_blank),
    sum(sw), sum(sww), sum(swy), sum(swyy), sum(swp), sum(n_psu), sum(n_strata)
  FROM of_city, named WHERE group_var = 'all' GROUP BY ALL
)
SELECT wave, place, group_var, "group", item, n_rows, n, n_no_opinion, n_blank,
  sw AS sum_w, sw * sw / nullif(sww, 0) AS kish_neff, n_psu, n_strata,
  swy / nullif(sw, 0) AS mean, swp / nullif(sw, 0) AS p, swyy / nullif(sw, 0) AS mean_square
FROM of_place;
