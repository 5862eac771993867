-- Periods in which an indicator has any value, oldest first.
SELECT indicator_id, period
FROM mart.fact_value
WHERE value IS NOT NULL AND group_id = 'total'
GROUP BY indicator_id, period
ORDER BY indicator_id, period;
