-- Years of which a municipality's budget was received, the oldest first; those of them that are not final, and those
-- whose outturn is known (of the municipality itself or with its affiliates).
WITH received AS (
  SELECT city_id, year, bool_or(is_provisional) AS is_provisional, bool_or(outturn_try IS NOT NULL) AS is_spent
  FROM mart.spending_total
  WHERE side = 'expenditure' AND code = 'total'
  GROUP BY city_id, year
)
SELECT city_id, list(year ORDER BY year) AS years, list(year) FILTER (is_provisional) AS provisional,
  list(year) FILTER (is_spent) AS spent
FROM received
GROUP BY city_id
