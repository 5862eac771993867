-- Schemas of the open file: the public app refuses one that has staging in it.
SELECT DISTINCT schema_name FROM information_schema.schemata
WHERE schema_name IN ('staging', 'mart', 'meta');
