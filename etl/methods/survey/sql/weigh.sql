-- The factor of a class becomes part of its respondents' weights. The schema by_class holds the same respondents
-- under their class in place of their PSU, so that moment.sql adds them up either way.
CREATE TABLE weighed AS
SELECT c.class_id, r.weight * f.factor AS weight, r.* EXCLUDE (weight, categories)
FROM classed AS r
JOIN sampled_psu AS p USING (psu_id)
JOIN class AS c ON (c.wave, c.city, c.categories) = (p.wave, p.city, r.categories)
JOIN factor AS f ON f.class_id = c.class_id;

DROP TABLE classed;
DROP TABLE respondent;
CREATE VIEW respondent AS SELECT * EXCLUDE (class_id) FROM weighed;

CREATE SCHEMA by_class;
CREATE VIEW by_class.respondent AS SELECT class_id AS psu_id, * EXCLUDE (class_id, psu_id) FROM main.weighed;
CREATE VIEW by_class.sampled_psu AS
SELECT class_id AS psu_id, wave, city, NULL AS stratum, NULL AS stratum_id FROM main.class;
