-- What is late or was never published, by indicator: how many positions wait and since when.
SELECT indicator.short_label_tr, indicator.short_label_en, coverage.period, coverage.state,
    count(*) AS positions, min(coverage.since) AS since
FROM mart.coverage AS coverage
JOIN mart.dim_indicator AS indicator USING (indicator_id)
WHERE coverage.state IN ('late', 'never')
GROUP BY ALL
ORDER BY since NULLS LAST, short_label_tr, period
