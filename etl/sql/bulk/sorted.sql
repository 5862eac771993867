-- The rows of a part of the municipalities, sorted: lines of one budget are neighbours, and so are lines of the same
-- codes. Part after part, so that each is sorted in memory.
INSERT INTO staged.line
SELECT * REPLACE (CAST(row_number AS UINTEGER) AS row_number)
FROM meant
WHERE enum_code(city_id) * $parts // $places = $part
ORDER BY city_id, year, hash(entity, side, functional, economic, institutional, finance_type)
