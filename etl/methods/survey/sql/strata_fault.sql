-- A stratum must have one population of PSUs, and no more PSUs in the sample than it has.
SELECT min(line) AS line, concat_ws(' ', city, wave, stratum) AS name,
  count(DISTINCT psu) AS sampled, min(CAST(stratum_psu_total AS DOUBLE)) AS total,
  count(DISTINCT CAST(stratum_psu_total AS DOUBLE)) AS totals
FROM raw
GROUP BY wave, city, stratum
HAVING totals > 1 OR sampled > total
ORDER BY line;
