-- The weighted sums, a row a PSU and cell.
SELECT * FROM moment;
