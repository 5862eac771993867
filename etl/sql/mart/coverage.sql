-- One row per monitored place x indicator x expected period, the next edition's included: what came, or who owes it.
INSERT INTO mart.coverage BY NAME
WITH expected AS (
    SELECT expected_period.indicator_id, expected_period.period FROM expected_period WHERE expected_period.is_owed
    UNION
    SELECT next_period.indicator_id, next_period.period FROM next_period
),
monitored AS (
    SELECT position, city_id, state AS naming FROM mart.roster_position
    UNION ALL
    SELECT
        (SELECT coalesce(max(position), 0) FROM mart.roster_position) + row_number() OVER (ORDER BY sort_key, city_id),
        city_id, 'named'
    FROM mart.dim_city
    WHERE role = 'member'
),
-- A computed value is as old as the last file its source sent, a ratio of a budget as old as the budget.
source_arrival AS (
    SELECT lineage.source_id, max(file.received_at) AS received_at
    FROM meta.lineage
    JOIN meta.file USING (file_id)
    GROUP BY lineage.source_id
),
cells AS (
    SELECT
        monitored.*, expected.period, indicator.indicator_id,
        max(expected.period) OVER (PARTITION BY indicator.indicator_id) AS last_expected,
        indicator.responsible_tr, indicator.responsible_en, indicator.last_update, indicator.next_update,
        list_contains(indicator.applicable_types, city.legal_type) AS is_applicable,
        fact.status, fact.value, fact.value_level, coalesce(lineage.file_id, budget.file_id) AS file_id,
        CAST(coalesce(file.received_at, budget.received_at, arrival.received_at) AS DATE) AS received_on
    FROM monitored
    CROSS JOIN mart.dim_indicator AS indicator
    JOIN expected USING (indicator_id)
    LEFT JOIN mart.dim_city AS city ON city.city_id = monitored.city_id
    LEFT JOIN mart.fact_value AS fact
        ON fact.city_id = monitored.city_id AND fact.indicator_id = indicator.indicator_id
        AND fact.period = expected.period AND fact.group_id = 'total'
    LEFT JOIN meta.lineage AS lineage USING (lineage_id)
    LEFT JOIN meta.file AS file USING (file_id)
    LEFT JOIN method_lineage AS method
        ON method.lineage_id = fact.lineage_id AND method.method = 'finance_ratio'
    LEFT JOIN budget_arrival AS budget
        ON method.method IS NOT NULL AND budget.city_id = fact.city_id AND budget.year = fact.year
    LEFT JOIN source_arrival AS arrival ON arrival.source_id = indicator.source_id
),
judged AS (
    SELECT
        cells.*,
        CASE
            WHEN naming = 'unnamed' THEN 'unnamed'
            WHEN status = 'not_applicable' OR (value IS NULL AND NOT is_applicable) THEN 'not_applicable'
            WHEN status = 'suppressed' THEN 'suppressed'
            WHEN status = 'provisional' THEN 'provisional'
            WHEN value IS NOT NULL AND value_level <> 'municipality' THEN 'province_value'
            WHEN value IS NOT NULL THEN 'received'
            WHEN next_update IS NULL OR period < last_expected THEN 'never'
            WHEN next_update < $as_of THEN 'late'
            ELSE 'not_due'
        END AS state
    FROM cells
)
SELECT
    position, city_id, indicator_id, period, state,
    CASE state
        WHEN 'unnamed' THEN 'city_unnamed'
        WHEN 'not_applicable' THEN 'out_of_scope'
        WHEN 'suppressed' THEN 'suppressed_small_n'
        WHEN 'provisional' THEN 'provisional_year'
        WHEN 'province_value' THEN 'province_value'
        WHEN 'received' THEN 'own_value'
        WHEN 'never' THEN 'never_published'
        WHEN 'late' THEN 'past_due'
        WHEN 'not_due' THEN 'next_edition_pending'
    END AS reason,
    CASE
        WHEN state = 'late' THEN next_update
        WHEN state = 'never' THEN last_update
        WHEN state IN ('received', 'province_value', 'provisional', 'suppressed') THEN received_on
    END AS since,
    CASE WHEN state IN ('late', 'not_due') THEN next_update END AS due,
    responsible_tr AS owner_tr,
    responsible_en AS owner_en,
    file_id
FROM judged
ORDER BY position, indicator_id, period
