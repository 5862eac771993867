-- The highest origin in use; 0 where there is none.
SELECT coalesce(max(lineage_id), 0) AS lineage_id FROM meta.lineage
