-- Score and rank of every place under each method variant of an index.
SELECT v.city_id, v.variant, v.score, v.rank
FROM mart.index_variant AS v
WHERE v.index_id = $index_id
ORDER BY v.city_id, v.variant;
