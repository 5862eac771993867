-- The rows of a Parquet file with their numbers from 0 on.
FROM read_parquet($path, file_row_number = TRUE)
