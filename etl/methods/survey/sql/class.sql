-- The respondents of a city who are in the same category of every margin; a category not stated is NULL. Categories
-- come in the order of the table's columns, which `groups` tells.
CREATE TABLE classed AS
SELECT list_transform(list_value(*COLUMNS($groups)), lambda one: nullif(one, $unreported)) AS categories, *
FROM respondent WHERE weight > 0;

CREATE TABLE class AS
SELECT row_number() OVER (ORDER BY wave, city, categories) AS class_id, *
FROM (SELECT wave, city, categories, count(*) AS n, sum(weight) AS weight
  FROM classed JOIN sampled_psu USING (psu_id) GROUP BY ALL);

SELECT *, (SELECT list(column_name ORDER BY column_index) FROM duckdb_columns()
  WHERE table_name = 'respondent' AND list_contains($groups, column_name)) AS "groups"
FROM class ORDER BY class_id;
