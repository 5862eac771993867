-- The rows of no municipality, which are a fault each.
INSERT INTO staged.line
SELECT * REPLACE (CAST(row_number AS UINTEGER) AS row_number) FROM meant WHERE city_id IS NULL
