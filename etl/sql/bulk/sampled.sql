-- Rows of pieces of a csv; a piece may begin and end within a row, which is left out.
FROM read_csv(
    $path,
    columns = $columns, delim = $delimiter, quote = '"', escape = '"', header = TRUE, nullstr = '',
    auto_detect = FALSE, encoding = 'utf-8', ignore_errors = TRUE
)
