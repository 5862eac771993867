-- The files figures come from, and whose they are.
SELECT o.lineage_id, o.source_id, f.name AS file
FROM meta.lineage AS o
LEFT JOIN meta.file AS f USING (file_id)
WHERE list_contains($lineages, o.lineage_id)
