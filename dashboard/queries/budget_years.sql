-- Years in which any municipality's expenditure is known.
SELECT DISTINCT year FROM mart.spending_total WHERE side = 'expenditure' ORDER BY year;
