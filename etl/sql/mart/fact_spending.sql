-- Budget lines summed up to the named codes.
INSERT INTO mart.fact_spending BY NAME
SELECT
    city_id, year, entity, side, function_id, economic_id,
    sum(initial_try) AS initial_try,
    sum(appropriation_try) AS appropriation_try,
    sum(accrued_try) AS accrued_try,
    sum(outturn_try) AS outturn_try,
    count(*) AS lines,
    bool_or(is_provisional) AS is_provisional,
    bool_or(is_synthetic) AS is_synthetic,
    min(lineage_id) AS lineage_id
FROM mart.spending_row
GROUP BY ALL
ORDER BY year, city_id, entity, side, function_id, economic_id
