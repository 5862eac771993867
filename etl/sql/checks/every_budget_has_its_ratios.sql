-- Each budget has every ratio in every scope, a value or the reason why not; a share lies between 0 and 100.
WITH asked AS (
    SELECT DISTINCT total.city_id, total.year, total.scope, indicator.indicator_id, indicator.kind
    FROM mart.spending_total AS total
    CROSS JOIN mart.dim_indicator AS indicator
    WHERE indicator.theme_id = 'finance'
)
SELECT count(*), any_value(asked.city_id || ' / ' || asked.year || ' / ' || asked.scope || ' / ' || asked.indicator_id)
FROM asked
LEFT JOIN mart.finance_indicator AS ratio USING (city_id, year, scope, indicator_id)
WHERE ratio.status IS NULL
    OR (ratio.value IS NULL AND ratio.reason = '')
    OR NOT isfinite(ratio.value)
    OR (asked.kind = 'share' AND NOT ratio.value BETWEEN 0 AND 100)
