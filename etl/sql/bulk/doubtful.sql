-- The rows that have to be looked at one by one, and how many there are: a cell is not what it should be, or a row
-- without a code is not called a total.
SELECT row_number, count(*) OVER () AS every
FROM staged.line
WHERE is_doubtful OR (shape = 0 AND NOT list_contains($totals, CAST(label AS VARCHAR)))
ORDER BY row_number
LIMIT $most
