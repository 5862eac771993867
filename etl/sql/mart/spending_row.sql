-- Budget lines in the order they are stored in.
INSERT INTO mart.spending_row BY NAME
FROM classed_spending
ORDER BY city_id, year
