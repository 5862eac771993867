-- What cannot be measured, has no value, or has one of within the year, has no band; what is not covered enough has no percentage.
SELECT count(*), any_value(spot)
FROM (
    SELECT plan_id || ' / ' || indicator_id || ' / ' || year AS spot
    FROM mart.plan_value
    WHERE (band IS NOT NULL) <> (perf IS NOT NULL AND is_measurable)
        OR (perf IS NULL) <> (perf_raw IS NULL)
        OR (perf IS NOT NULL) <> (status IN ('ok', 'direction_conflict') AND month = 12)
        OR (actual IS NULL) <> (month IS NULL)
        OR (pace IS NOT NULL AND NOT is_measurable)
        OR NOT weight_share BETWEEN 0 AND 1
        OR NOT isfinite(coalesce(perf_raw, 0) + coalesce(path_share, 0) + coalesce(horizon_share, 0))
    UNION ALL
    SELECT finding.plan_id || ' / ' || finding.node_id
    FROM mart.plan_finding AS finding
    JOIN mart.plan_value AS told
        ON told.plan_id = finding.plan_id AND told.indicator_id = finding.node_id
        AND coalesce(finding.year, told.year) = told.year
    WHERE finding.level = 'indicator' AND finding.is_blocking AND told.is_measurable
    UNION ALL
    SELECT plan_id || ' / ' || level || ' / ' || node_id || ' / ' || year
    FROM mart.plan_rollup
    WHERE NOT coverage BETWEEN 0 AND 1 + 1e-9
        OR NOT coalesce(perf, 0) BETWEEN 0 AND 100
        OR (perf IS NULL) <> (display = 'insufficient')
        OR n_used > n
        OR (n = 0) <> (weights_ok IS NULL)
)
