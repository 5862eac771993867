-- Answers and group membership, a row a fact: q1, q2 … are items, what is neither item nor design is a grouping.
-- A code that is never reported makes no member of a group.
CREATE TABLE wide_answer AS SELECT line AS unit, COLUMNS('^q[0-9]+$') FROM raw;

CREATE TABLE answer AS
SELECT unit, item, CAST(code AS INTEGER) AS code
FROM wide_answer UNPIVOT INCLUDE NULLS (code FOR item IN (COLUMNS(* EXCLUDE (unit))))
SEMI JOIN respondent USING (unit);

CREATE TABLE wide_group AS
SELECT line AS unit, COLUMNS(lambda c: NOT regexp_matches(c, '^q[0-9]+$'))
FROM (SELECT * EXCLUDE (respondent_id, wave, city, stratum, psu, stratum_psu_total, weight) FROM raw);

CREATE TABLE membership AS
SELECT unit, group_var, "group"
FROM wide_group UNPIVOT ("group" FOR group_var IN (COLUMNS(* EXCLUDE (unit, line))))
SEMI JOIN respondent USING (unit)
WHERE "group" <> $unreported
UNION ALL
SELECT unit, 'all', 'all' FROM respondent;
