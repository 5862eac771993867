-- How many rows each cleaning rule took.
SELECT measure, value FROM quality;
