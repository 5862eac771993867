-- A place is a city or the pool of all; a cell is one place, group and item of a wave, with its point estimates.
CREATE TABLE domain AS
SELECT *, city AS place FROM moment
UNION ALL
SELECT *, $pool AS place FROM moment WHERE group_var = 'all';

CREATE TABLE cell AS
SELECT wave, place, group_var, "group", item,
  sum(n_rows) AS n_rows, sum(n) AS n, sum(n_no_opinion) AS n_no_opinion, sum(n_blank) AS n_blank,
  sum(sw) AS sum_w, sum(sw) * sum(sw) / nullif(sum(sww), 0) AS kish_neff,
  count(*) FILTER (n > 0) AS n_psu,
  count(DISTINCT stratum_id) FILTER (n > 0) AS n_strata,
  sum(swy) / nullif(sum(sw), 0) AS mean, sum(swp) / nullif(sum(sw), 0) AS p,
  sum(swyy) / nullif(sum(sw), 0) AS mean_square
FROM domain GROUP BY ALL;
