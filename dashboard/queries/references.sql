-- Averages of the reference groups, all periods of one indicator.
SELECT reference_id, period, year, value, median, low, high, n, method
FROM mart.reference_value
WHERE indicator_id = $indicator_id AND group_id = 'total'
ORDER BY reference_id, period;
