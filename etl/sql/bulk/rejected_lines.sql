-- Lines of a csv that are no rows, and what is wrong with each. Every pass over the file notes them anew.
SELECT
    line AS row_number, min(error_type) AS error_type, min(error_message) AS error_message, min(csv_line) AS written,
    count(*) OVER () AS every
FROM reject_errors
GROUP BY line
ORDER BY line
LIMIT $most
