SELECT file_id, submission, name, bytes, received_at, edition, verdict, rows_read, rows_accepted, rows_rejected
FROM meta.file ORDER BY received_at, name;
