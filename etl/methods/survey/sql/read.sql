-- The file as text, a row an interview; `line` is the row a spreadsheet shows. What is no row of it is told apart.
CREATE TABLE raw AS
SELECT row_number() OVER () + 1 AS line, *
FROM read_csv($path, header = true, all_varchar = true, delim = ',', quote = '"', strict_mode = true,
              null_padding = false, store_rejects = true, rejects_limit = 200, encoding = 'utf-8');
