-- Sums by code of level I and in total, for the municipality alone and with what belongs to it.
-- Without the municipality's own budget there is no sum: its utilities alone are not what a reader takes it for.
INSERT INTO mart.spending_total BY NAME
WITH body AS (
    SELECT
        city_id, year, side, entity,
        count(initial_try) > 0 AS has_initial,
        count(appropriation_try) > 0 AS has_appropriation,
        count(accrued_try) > 0 AS has_accrued,
        count(outturn_try) > 0 AS has_outturn
    FROM mart.fact_spending
    GROUP BY ALL
),
covered AS (
    SELECT
        city_id, year, side, scope,
        list_sort(list(entity)) AS entities,
        bool_and(has_initial) AS has_initial,
        bool_and(has_appropriation) AS has_appropriation,
        bool_and(has_accrued) AS has_accrued,
        bool_and(has_outturn) AS has_outturn
    FROM body
    JOIN budget_scope USING (entity)
    GROUP BY ALL
    HAVING bool_or(entity = 'municipality')
),
signed AS (
    SELECT
        *,
        split_part(CASE side WHEN 'revenue' THEN economic_id ELSE function_id END, '.', 1) AS code,
        CASE WHEN side = 'revenue' AND split_part(economic_id, '.', 1) = '09' THEN -1 ELSE 1 END AS sign
    FROM mart.fact_spending
    JOIN budget_scope USING (entity)
),
summed AS (
    SELECT
        city_id, year, scope, side, coalesce(code, 'total') AS code,
        sum(initial_try * CASE WHEN code IS NULL THEN sign ELSE 1 END) AS initial_try,
        sum(appropriation_try * CASE WHEN code IS NULL THEN sign ELSE 1 END) AS appropriation_try,
        sum(accrued_try * CASE WHEN code IS NULL THEN sign ELSE 1 END) AS accrued_try,
        sum(outturn_try * CASE WHEN code IS NULL THEN sign ELSE 1 END) AS outturn_try,
        bool_or(is_provisional) AS is_provisional,
        bool_or(is_synthetic) AS is_synthetic,
        min(lineage_id) AS lineage_id
    FROM (SELECT * FROM signed UNION ALL BY NAME SELECT * REPLACE (NULL AS code) FROM signed)
    GROUP BY ALL
)
SELECT
    summed.city_id, summed.year, summed.scope, summed.side, summed.code,
    CASE WHEN covered.has_initial THEN coalesce(summed.initial_try, 0) END AS initial_try,
    CASE WHEN covered.has_appropriation THEN coalesce(summed.appropriation_try, 0) END AS appropriation_try,
    CASE WHEN covered.has_accrued THEN coalesce(summed.accrued_try, 0) END AS accrued_try,
    CASE WHEN covered.has_outturn THEN coalesce(summed.outturn_try, 0) END AS outturn_try,
    covered.entities, summed.is_provisional, summed.is_synthetic, summed.lineage_id
FROM summed
JOIN covered USING (city_id, year, scope, side)
ORDER BY summed.city_id, summed.year, summed.scope, summed.side, summed.code
