-- How many rows stand for no budget, and so could belong to any.
SELECT count(*) AS rows
FROM staged.line
WHERE city_id IS NULL OR year IS NULL OR entity IS NULL OR side IS NULL
