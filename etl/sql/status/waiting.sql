-- What is late or was never published, by indicator: how many positions wait and since when.
-- A figure of the whole country is expected of no city; it is late when its announced day has passed.
WITH expected AS (
    SELECT indicator_id, period, state, count(*) AS positions, min(since) AS since
    FROM mart.coverage
    WHERE state IN ('late', 'never')
    GROUP BY ALL
),
overdue AS (
    SELECT indicator.indicator_id, indicator.last_period AS period, 'late_edition' AS state,
        NULL AS positions, indicator.next_update AS since
    FROM mart.dim_indicator AS indicator
    CROSS JOIN meta.release AS release
    ANTI JOIN expected USING (indicator_id)
    WHERE indicator.state = 'published' AND indicator.next_update < release.as_of
)
SELECT indicator.short_label_tr, indicator.short_label_en, waiting.* EXCLUDE (indicator_id)
FROM (FROM expected UNION ALL BY NAME FROM overdue) AS waiting
JOIN mart.dim_indicator AS indicator USING (indicator_id)
ORDER BY since NULLS LAST, short_label_tr, period
