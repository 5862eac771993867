-- Composite indices and their dimensions, computed by etl.methods.composite.
INSERT INTO staging.observation BY NAME
SELECT
    computed.place_id,
    computed.indicator_id,
    computed.period,
    'total' AS group_id,
    computed.value,
    CASE WHEN computed.value IS NULL THEN 'not_collected' ELSE 'measured' END AS status,
    computed.is_synthetic,
    method.lineage_id
FROM computed
JOIN method_lineage AS method ON method.indicator_id = computed.indicator_id AND method.method = 'composite_minmax'
