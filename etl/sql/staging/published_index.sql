-- Index figures as their producer published them, which ours are checked against.
INSERT INTO staging.published_index BY NAME
SELECT incoming.place_id, incoming.indicator_id, incoming.period, incoming.value
FROM incoming
WHERE incoming.indicator_id IN (SELECT index_id FROM mart.index_component)
