-- The ratios of the municipality's own budget are figures like any other, in the years they are expected for.
INSERT INTO staging.observation BY NAME
SELECT
    ratio.city_id AS place_id,
    ratio.indicator_id,
    expected_period.period,
    'total' AS group_id,
    ratio.value,
    ratio.status,
    ratio.is_synthetic,
    ratio.lineage_id
FROM mart.finance_indicator AS ratio
JOIN expected_period ON expected_period.indicator_id = ratio.indicator_id AND expected_period.year = ratio.year
WHERE ratio.scope = 'own'
