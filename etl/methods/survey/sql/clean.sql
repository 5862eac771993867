-- The cleaning rules in their order: 1. rows that repeat another one in every column: one stays; 2. one identity
-- with different contents: all go; 3. no weight: goes. Weight 0 stays in the design and in no count.
CREATE TABLE again AS
SELECT wave, city, respondent_id FROM raw GROUP BY ALL HAVING count(*) > 1;

CREATE TABLE once AS
SELECT min(line) AS line, * EXCLUDE (line) FROM raw SEMI JOIN again USING (wave, city, respondent_id) GROUP BY ALL;

CREATE TABLE conflicting AS
SELECT wave, city, respondent_id FROM once GROUP BY ALL HAVING count(*) > 1;

CREATE VIEW identified AS
SELECT * FROM raw ANTI JOIN again USING (wave, city, respondent_id)
UNION ALL BY NAME
SELECT * FROM once ANTI JOIN conflicting USING (wave, city, respondent_id);

CREATE TABLE quality AS
WITH counted AS (
  SELECT
    (SELECT count(*) FROM raw) AS n_raw,
    (SELECT count(*) FROM raw SEMI JOIN again USING (wave, city, respondent_id))
      - (SELECT count(*) FROM once) AS n_exact_duplicates_dropped,
    (SELECT count(*) FROM once SEMI JOIN conflicting USING (wave, city, respondent_id))
      AS n_conflicting_duplicate_rows_dropped,
    count(*) FILTER (weight IS NULL) AS n_missing_weight_dropped,
    count(*) FILTER (CAST(weight AS DOUBLE) = 0) AS n_zero_weight_kept,
    count(weight) AS n_clean
  FROM identified
)
UNPIVOT counted ON COLUMNS(*) INTO NAME measure VALUE value;

CREATE TABLE sampled_psu AS
SELECT row_number() OVER (ORDER BY wave, city, stratum, psu) AS psu_id,
  dense_rank() OVER (ORDER BY wave, city, stratum) AS stratum_id, *
FROM (SELECT wave, city, stratum, psu, CAST(max(stratum_psu_total) AS DOUBLE) AS psu_total
  FROM identified WHERE weight IS NOT NULL GROUP BY ALL);

CREATE TABLE sampled AS
SELECT wave, city, stratum, count(*) AS n_h, max(psu_total) AS psu_total FROM sampled_psu GROUP BY ALL;

-- Answers as numbers, groupings as they are; everybody is in the grouping `all`.
CREATE TABLE respondent AS
SELECT p.psu_id, CAST(i.weight AS DOUBLE) AS weight,
  CAST(COLUMNS('^q[0-9]+$') AS INTEGER), COLUMNS(lambda c: c NOT IN (
    'line', 'respondent_id', 'wave', 'city', 'stratum', 'psu', 'stratum_psu_total', 'psu_total', 'weight', 'psu_id', 'stratum_id')
    AND NOT regexp_matches(c, '^q[0-9]+$'))
FROM (SELECT *, 'all' AS "all" FROM identified) AS i JOIN sampled_psu AS p USING (wave, city, stratum, psu)
WHERE i.weight IS NOT NULL;

-- The text is not needed any more, and it is most of the memory.
DROP VIEW identified;
DROP TABLE once;
DROP TABLE raw;
