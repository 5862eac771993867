-- Every cell of origin is in a received file, and its source is a registered one; an estimated survey has its file.
SELECT count(*), any_value(lineage.lineage_id)
FROM meta.lineage AS lineage
LEFT JOIN meta.file AS file USING (file_id)
LEFT JOIN mart.dim_source AS source USING (source_id)
WHERE (source.source_id IS NULL AND lineage.method IS DISTINCT FROM 'survey_estimate')
    OR ((lineage.kind = 'source' OR lineage.method = 'survey_estimate') AND file.file_id IS NULL)
