-- When the last file of each municipality's budget of each year arrived, and which it was.
CREATE TEMP TABLE budget_arrival AS
SELECT
    fact.city_id, fact.year,
    max(file.received_at) AS received_at,
    max_by(file.file_id, file.received_at) AS file_id
FROM mart.fact_spending AS fact
JOIN meta.lineage USING (lineage_id)
JOIN meta.file AS file USING (file_id)
WHERE fact.entity = 'municipality'
GROUP BY ALL
