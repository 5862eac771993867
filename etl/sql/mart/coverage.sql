-- One row per pilot position x indicator x expected period, the next edition's included: what came, or who owes it.
INSERT INTO mart.coverage BY NAME
WITH expected AS (
    SELECT expected_period.indicator_id, expected_period.period, expected_period.year FROM expected_period
    UNION
    SELECT next_period.indicator_id, next_period.period, next_period.year FROM next_period
),
cells AS (
    SELECT
        position.position, position.city_id, position.state AS naming, expected.period, indicator.indicator_id,
        indicator.responsible_tr, indicator.responsible_en, indicator.next_update,
        list_contains(indicator.applicable_types, city.legal_type) AS is_applicable,
        fact.status, fact.value, fact.value_level, lineage.file_id,
        CAST(file.received_at AS DATE) AS received_on
    FROM mart.roster_position AS position
    CROSS JOIN mart.dim_indicator AS indicator
    JOIN expected USING (indicator_id)
    LEFT JOIN mart.dim_city AS city ON city.city_id = position.city_id
    LEFT JOIN mart.fact_value AS fact
        ON fact.city_id = position.city_id AND fact.indicator_id = indicator.indicator_id
        AND fact.period = expected.period AND fact.group_id = 'total'
    LEFT JOIN meta.lineage AS lineage USING (lineage_id)
    LEFT JOIN meta.file AS file USING (file_id)
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
            WHEN next_update IS NULL OR period < (SELECT max(one.period) FROM expected AS one
                WHERE one.indicator_id = cells.indicator_id) THEN 'never'
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
    CASE state WHEN 'late' THEN next_update WHEN 'never' THEN NULL ELSE received_on END AS since,
    CASE WHEN state IN ('late', 'not_due') THEN next_update END AS due,
    responsible_tr AS owner_tr,
    responsible_en AS owner_en,
    file_id
FROM judged
ORDER BY position, indicator_id, period
