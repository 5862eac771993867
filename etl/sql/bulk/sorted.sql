-- Every row in codes, sorted: lines of one budget are neighbours, and so are two lines of one code.
CREATE TABLE staged.line AS
SELECT * REPLACE (CAST(row_number AS UINTEGER) AS row_number)
FROM meant
ORDER BY city_id, year, entity, side, functional, economic, institutional, finance_type;
DROP TABLE IF EXISTS staged.arrived
