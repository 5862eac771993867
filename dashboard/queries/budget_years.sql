-- Years of which a municipality's spending was received, the oldest first, and those of them that are not final.
SELECT city_id, list(year ORDER BY year) AS years, list(year) FILTER (is_provisional) AS provisional
FROM mart.spending_total
WHERE side = 'expenditure' AND scope = 'all' AND code = 'total'
GROUP BY city_id
