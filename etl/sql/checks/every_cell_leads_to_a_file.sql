-- Every cell of origin is in a received file, and its source is a registered one.
SELECT count(*), any_value(lineage.lineage_id)
FROM meta.lineage AS lineage
LEFT JOIN meta.file AS file USING (file_id)
LEFT JOIN mart.dim_source AS source USING (source_id)
WHERE source.source_id IS NULL OR (lineage.kind = 'source' AND file.file_id IS NULL)
