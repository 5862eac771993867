-- Two cities on every question that both were asked in a year; city_a stands before city_b in the table.
SELECT * FROM mart.survey_pair
WHERE year = $year AND city_a = least($one, $other) AND city_b = greatest($one, $other);
