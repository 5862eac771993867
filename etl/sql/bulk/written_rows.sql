-- Rows of the file as they are written, by their numbers; a csv is read once more, in one piece, to count them.
SELECT *
FROM (SELECT * EXCLUDE (row_number), $header + row_number() OVER () AS row_number FROM written)
WHERE row_number IN (SELECT unnest($wanted))
ORDER BY row_number
