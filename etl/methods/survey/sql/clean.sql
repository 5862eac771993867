-- The cleaning rules in their order: 1. rows that repeat another one in every column: one stays; 2. one identity
-- with different contents: all go; 3. no weight: goes. Weight 0 stays in the design and in no count.
CREATE TABLE respondent AS
WITH once AS (SELECT min(line) AS unit, * EXCLUDE (line) FROM raw GROUP BY ALL),
told_apart AS (SELECT *, count(*) OVER (PARTITION BY wave, city, respondent_id) AS same_name FROM once)
SELECT unit, wave, city, stratum, psu,
  CAST(stratum_psu_total AS DOUBLE) AS psu_total, CAST(weight AS DOUBLE) AS weight
FROM told_apart
WHERE same_name = 1 AND weight IS NOT NULL
ORDER BY unit;

CREATE TABLE quality AS
WITH once AS (SELECT min(line) AS unit, * EXCLUDE (line) FROM raw GROUP BY ALL),
told_apart AS (SELECT *, count(*) OVER (PARTITION BY wave, city, respondent_id) AS same_name FROM once),
counted AS (
  SELECT
    (SELECT count(*) FROM raw) AS n_raw,
    (SELECT count(*) FROM raw) - count(*) AS n_exact_duplicates_dropped,
    count(*) FILTER (same_name > 1) AS n_conflicting_duplicate_rows_dropped,
    count(*) FILTER (same_name = 1 AND weight IS NULL) AS n_missing_weight_dropped,
    count(*) FILTER (same_name = 1 AND CAST(weight AS DOUBLE) = 0) AS n_zero_weight_kept,
    count(*) FILTER (same_name = 1 AND weight IS NOT NULL) AS n_clean
  FROM told_apart
)
UNPIVOT counted ON COLUMNS(*) INTO NAME measure VALUE value;
