-- What sources published; figures of a composite index are computed here and only compared with theirs.
INSERT INTO staging.observation BY NAME
SELECT
    incoming.place_id,
    incoming.indicator_id,
    incoming.period,
    incoming.group_id,
    incoming.value,
    incoming.lower,
    incoming.upper,
    incoming.n,
    incoming.n_effective,
    incoming.status,
    incoming.is_synthetic,
    incoming.lineage_id
FROM incoming
WHERE incoming.indicator_id NOT IN (SELECT index_id FROM mart.index_component)
