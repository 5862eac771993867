-- The methods that stand behind at least one figure; cells of received files are already there.
INSERT INTO meta.lineage BY NAME
WITH used AS (
    SELECT lineage_id FROM mart.fact_value
    UNION
    SELECT lineage_id FROM mart.reference_value
    UNION
    SELECT lineage_id FROM staging.observation
)
SELECT method.lineage_id, 'computed' AS kind, indicator.source_id, method.method
FROM method_lineage AS method
JOIN mart.dim_indicator AS indicator USING (indicator_id)
JOIN used USING (lineage_id)
