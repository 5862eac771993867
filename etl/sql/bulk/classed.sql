-- Budget lines that are in the order they are stored in already (mart/spending_row sorts what is not).
INSERT INTO mart.spending_row BY NAME
FROM classed_spending
