-- The rows in codes, and the table they go to; is_doubtful: a cell of the row is not what it should be.
CREATE VIEW meant AS
SELECT
    * EXCLUDE (has_wrong_amount),
    has_wrong_amount OR city_id IS NULL OR year IS NULL OR entity IS NULL OR side IS NULL OR shape IS NULL
        OR label IS NULL OR scale IS NULL OR is_provisional IS NULL AS is_doubtful
FROM coded;
CREATE TABLE staged.line AS
SELECT * REPLACE (CAST(row_number AS UINTEGER) AS row_number) FROM meant LIMIT 0
