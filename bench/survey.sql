-- A survey nobody took: two waves of 26 cities, three strata each, four groupings and six items; $psus a stratum.
COPY (
  SELECT i AS respondent_id, 2024 + i % 2 AS wave, 'P' || lpad(CAST(i // 2 % 26 + 1 AS VARCHAR), 2, '0') AS city,
    ['merkez', 'donusum', 'kirsal'][CAST(1 + i // 52 % 3 AS INTEGER)] AS stratum,
    'M' || hash(i) % $psus AS psu, NULL AS stratum_psu_total, 50 + hash(i + 7) % 1000 / 10 AS weight,
    ['K', 'E'][CAST(1 + hash(i + 1) % 2 AS INTEGER)] AS sex,
    ['18-29', '30-44', '45-59', '60+'][CAST(1 + hash(i + 2) % 4 AS INTEGER)] AS age_band,
    ['evet', 'hayir'][CAST(2 - (hash(i + 3) % 10 = 0)::INTEGER AS INTEGER)] AS disability,
    1 + hash(i + 4) % 4 AS income_band,
    [NULL, 99, 1, 2, 3, 4, 5][CAST(1 + hash(i + 11) % 7 AS INTEGER)] AS q1,
    [NULL, 99, 1, 2, 3, 4, 5][CAST(1 + hash(i + 12) % 7 AS INTEGER)] AS q2,
    [NULL, 99, 1, 2, 3, 4, 5][CAST(1 + hash(i + 13) % 7 AS INTEGER)] AS q3,
    [NULL, 99, 1, 2, 3, 4, 5][CAST(1 + hash(i + 14) % 7 AS INTEGER)] AS q4,
    [NULL, 99, 1, 2, 3, 4, 5][CAST(1 + hash(i + 15) % 7 AS INTEGER)] AS q5,
    [NULL, 99, 1, 2, 3, 4, 5][CAST(1 + hash(i + 16) % 7 AS INTEGER)] AS q6
  FROM range($rows) AS t(i)
) TO 'FILE' (HEADER);
