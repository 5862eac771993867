SELECT city_id, rank, rank_p05, rank_p50, rank_p95, share_top5, draws, seed
FROM mart.index_rank_range
WHERE index_id = $index_id
ORDER BY rank;
