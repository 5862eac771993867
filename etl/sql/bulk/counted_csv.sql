-- How many rows a csv has, and how many of them hold a text that its sample does not.
SELECT count(*) AS rows, count(rest) AS rest FROM staged.arrived
