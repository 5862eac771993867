-- The respondents of a city who are in the same category of every margin; a category not stated is NULL.
CREATE TABLE classed AS
SELECT list_transform(list_value(*COLUMNS($groups)), lambda one: nullif(one, $unreported)) AS categories, *
FROM respondent WHERE weight > 0;

CREATE TABLE class AS
SELECT row_number() OVER (ORDER BY wave, city, categories) AS class_id, *
FROM (SELECT wave, city, categories, count(*) AS n, sum(weight) AS weight
  FROM classed JOIN sampled_psu USING (psu_id) GROUP BY ALL);

SELECT * FROM class ORDER BY class_id;
