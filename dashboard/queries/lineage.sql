-- Where one value came from: the cell of a received file, or the method that computed it.
SELECT l.kind, l.source_id, l.sheet, l.row_number, l.column_name, l.method, m.name AS file_name, m.file_id, m.received_at
FROM mart.fact_value AS f
JOIN meta.lineage AS l USING (lineage_id)
LEFT JOIN meta.file AS m USING (file_id)
WHERE f.city_id = $city_id AND f.indicator_id = $indicator_id AND f.period = $period AND f.group_id = 'total';
