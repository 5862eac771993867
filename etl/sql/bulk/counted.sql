-- How many rows a Parquet file has; all of them are looked up by their texts.
SELECT count(*) AS rows, count(*) AS rest FROM arrived
