-- Every budget line leads back to the file it stood in.
SELECT count(*), any_value(city_id || ' / ' || year)
FROM (SELECT DISTINCT city_id, year, lineage_id FROM mart.spending_row)
LEFT JOIN meta.lineage AS lineage USING (lineage_id)
LEFT JOIN meta.file AS file USING (file_id)
WHERE file.file_id IS NULL OR lineage.kind <> 'source'
