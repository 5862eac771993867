-- What a row may not hold, by rule: every fault with its row, column and value, up to a bound.
WITH checked AS (
  SELECT line, 'wave' AS "column", wave AS value, 'key_empty' AS rule FROM raw WHERE wave IS NULL
  UNION ALL SELECT line, 'city', city, 'key_empty' FROM raw WHERE city IS NULL
  UNION ALL SELECT line, 'stratum', stratum, 'key_empty' FROM raw WHERE stratum IS NULL
  UNION ALL SELECT line, 'psu', psu, 'key_empty' FROM raw WHERE psu IS NULL
  UNION ALL SELECT line, 'respondent_id', respondent_id, 'key_empty' FROM raw WHERE respondent_id IS NULL
  UNION ALL SELECT line, 'weight', weight, 'not_a_number' FROM raw
    WHERE weight IS NOT NULL AND NOT coalesce(isfinite(TRY_CAST(weight AS DOUBLE)), false)
  UNION ALL SELECT line, 'weight', weight, 'answer_weight_negative' FROM raw WHERE TRY_CAST(weight AS DOUBLE) < 0
  UNION ALL SELECT line, 'stratum_psu_total', stratum_psu_total, 'not_a_number' FROM raw
    WHERE stratum_psu_total IS NOT NULL AND NOT coalesce(TRY_CAST(stratum_psu_total AS DOUBLE) > 0, false)
  UNION ALL SELECT line, item, code, 'code_unknown'
    FROM (SELECT line, COLUMNS('^q[0-9]+$') FROM raw) UNPIVOT (code FOR item IN (COLUMNS(* EXCLUDE (line))))
    -- As a whole number only: a cast would round 3.7 to another answer.
    WHERE NOT coalesce(TRY_CAST(code AS DOUBLE) = floor(TRY_CAST(code AS DOUBLE))
      AND (TRY_CAST(code AS DOUBLE) BETWEEN $lowest AND $highest OR TRY_CAST(code AS DOUBLE) = $no_opinion), false)
)
SELECT line, "column", value, rule FROM checked ORDER BY line, "column" LIMIT $most;
