-- The ratios of every budget; the first gap in what one needs is why it has no value.
-- Where more than a twentieth of the money has no class, what is said by class would be too low: no value (our rule).
INSERT INTO mart.finance_indicator BY NAME
WITH gap AS (
    SELECT
        *,
        CASE WHEN NOT has_expenditure THEN 'no_expenditure' WHEN spent IS NULL THEN 'no_outturn' END AS no_spending,
        CASE WHEN NOT has_revenue THEN 'no_revenue' WHEN collected IS NULL THEN 'no_outturn' END AS no_collection,
        CASE WHEN spent_unclassified > 0.05 * spent THEN 'unclassified' END AS no_economy,
        CASE WHEN function_unclassified > 0.05 * spent THEN 'unclassified' END AS no_function,
        CASE WHEN revenue_unclassified > 0.05 * collected THEN 'unclassified' END AS no_revenue_class,
        CASE WHEN population IS NULL THEN 'no_population' END AS no_people,
        CASE WHEN lacks_revenue THEN 'no_revenue' WHEN lacks_expenditure THEN 'no_expenditure' END AS no_pair
    FROM finance_part
),
asked AS (
    SELECT
        city_id, year, scope, is_synthetic, adds_nobody, spent_provisional, collected_provisional,
        unnest([
            {'id': 'spending_execution_initial', 'part': spent, 'whole': initial, 'times': 100, 'of': 'spent',
             'gap': coalesce(no_spending, CASE WHEN initial IS NULL THEN 'no_initial' END)},
            {'id': 'spending_execution_final', 'part': spent, 'whole': appropriation, 'times': 100, 'of': 'spent',
             'gap': coalesce(no_spending, CASE WHEN appropriation IS NULL THEN 'no_appropriation' END)},
            {'id': 'spending_per_head', 'part': spent, 'whole': population, 'times': 1, 'of': 'spent',
             'gap': coalesce(no_spending, no_people)},
            {'id': 'investment_share', 'part': coalesce(investment, 0), 'whole': spent, 'times': 100, 'of': 'spent',
             'gap': coalesce(no_spending, no_economy)},
            {'id': 'personnel_ratio', 'part': coalesce(personnel, 0), 'whole': collected, 'times': 100, 'of': 'both',
             'gap': coalesce(no_spending, no_collection, no_pair, no_economy)},
            {'id': 'interest_share', 'part': coalesce(interest, 0), 'whole': spent, 'times': 100, 'of': 'spent',
             'gap': coalesce(no_spending, no_economy)},
            {'id': 'own_revenue_ratio', 'part': coalesce(own_revenue, 0), 'whole': collected, 'times': 100,
             'of': 'collected', 'gap': coalesce(no_collection, no_revenue_class)},
            {'id': 'collection_rate', 'part': collected, 'whole': accrued, 'times': 100, 'of': 'collected',
             'gap': coalesce(no_collection, CASE WHEN accrued IS NULL THEN 'no_accrued' END)},
            {'id': 'budget_balance', 'part': collected - spent, 'whole': collected, 'times': 100, 'of': 'both',
             'gap': coalesce(no_collection, no_spending, no_pair)},
            {'id': 'social_assistance_per_head', 'part': coalesce(social, 0), 'whole': population, 'times': 1,
             'of': 'spent', 'gap': coalesce(no_spending, no_function, no_economy, no_people)}
        ]) AS told
    FROM gap
),
judged AS (
    SELECT
        * EXCLUDE (told), told.*,
        coalesce(told.gap, CASE WHEN told.whole <= 0 THEN 'zero_base' END) AS missing,
        (told.of <> 'collected' AND spent_provisional)
            OR (told.of <> 'spent' AND collected_provisional) AS is_provisional
    FROM asked
)
SELECT
    judged.city_id, judged.year, judged.scope, judged.id AS indicator_id,
    CASE WHEN judged.missing IS NULL THEN judged.times * judged.part / judged.whole END AS value,
    judged.part AS numerator,
    judged.whole AS denominator,
    CASE
        WHEN judged.missing = 'zero_base' THEN 'not_applicable'
        WHEN judged.missing IS NOT NULL THEN 'not_collected'
        WHEN judged.is_provisional THEN 'provisional'
        ELSE 'measured'
    END AS status,
    coalesce(judged.missing, CASE WHEN judged.adds_nobody THEN 'no_affiliate' ELSE '' END) AS reason,
    judged.is_synthetic,
    method.lineage_id
FROM judged
JOIN method_lineage AS method ON method.indicator_id = judged.id AND method.method = 'finance_ratio'
ORDER BY judged.city_id, judged.year, judged.scope, judged.id
