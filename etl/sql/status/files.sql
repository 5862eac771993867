-- The files it was built from, as they were judged.
SELECT file_id, name, edition, verdict, received_at, received_from, rows_accepted, rows_rejected
FROM meta.file
ORDER BY name, edition
