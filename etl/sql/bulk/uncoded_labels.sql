-- What the rows without any code are called: a total, or a line whose codes are missing.
SELECT DISTINCT CAST(label AS VARCHAR) AS label
FROM staged.line
WHERE shape = 0 AND label IS NOT NULL
