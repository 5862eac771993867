-- The rows of a csv as they are written; a line that is none is left out and noted in reject_errors.
FROM read_csv(
    $path,
    columns = $columns, delim = $delimiter, quote = '"', escape = '"', header = TRUE, nullstr = '',
    auto_detect = FALSE, buffer_size = 128000000, encoding = 'utf-8', store_rejects = TRUE, rejects_limit = $most
)
