-- Interviews as their waves declare them; only groupings that were stated are in the map.
INSERT INTO staging.survey_respondent BY NAME
SELECT wave_id, line, city_id, stratum, psu, psu_total, weight,
    map(CAST(names AS VARCHAR[]), CAST(codes AS VARCHAR[])) AS groups
FROM arrived_people
