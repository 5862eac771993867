-- How many lines have a code of no classification, and the first of them. Each pair of codes is looked at once.
CREATE TABLE pair AS
SELECT side, functional, economic, count(*) AS lines, min(row_number) AS row_number
FROM staged.line
WHERE shape > 0
GROUP BY side, functional, economic;
SELECT CAST(coalesce(sum(lines), 0) AS BIGINT) AS lines, min(row_number) AS row_number
FROM pair
WHERE CASE side
    WHEN 'revenue' THEN NOT list_contains($revenue, split_part(CAST(economic AS VARCHAR), '.', 1))
    ELSE NOT list_contains($economic, split_part(CAST(economic AS VARCHAR), '.', 1))
        OR NOT list_contains($functional, split_part(CAST(functional AS VARCHAR), '.', 1))
END
