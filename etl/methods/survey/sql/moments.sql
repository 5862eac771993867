-- The weighted sums of one grouping in one wave, a row a PSU, group and item.
SELECT city, stratum, psu_id AS psu, "group", item, n, sw, swp FROM moment
WHERE wave = $wave AND group_var = $group_var AND n > 0;
