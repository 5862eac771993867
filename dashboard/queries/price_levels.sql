-- The consumer price index of years all twelve months of which are in it: those amounts can be deflated by.
SELECT year, cpi
FROM mart.price_level
WHERE is_complete
ORDER BY year
