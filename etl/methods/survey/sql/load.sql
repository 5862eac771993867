-- A table that was read elsewhere, as text; `line` is its row below a header.
CREATE TABLE raw AS
SELECT row_number() OVER () + 1 AS line, CAST(COLUMNS(*) AS VARCHAR) FROM incoming;
