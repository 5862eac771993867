-- Every answer that was given, as the code it was given with.
INSERT INTO staging.survey_answer BY NAME
SELECT wave_id, line, item_id, code FROM arrived_answers
