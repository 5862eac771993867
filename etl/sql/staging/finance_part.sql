-- What the ratios of a budget are made of: its totals, the parts of it by economic code, and the people.
CREATE TEMP TABLE finance_part AS
WITH part AS (
    SELECT
        city_id, year, scope,
        sum(outturn_try) FILTER (spent AND economy IN ('06', '07')) AS investment,
        sum(outturn_try) FILTER (spent AND economy IN ('01', '02')) AS personnel,
        sum(outturn_try) FILTER (spent AND economy = '04') AS interest,
        sum(outturn_try) FILTER (spent AND (function_id = '10' OR function_id LIKE '10.%' OR economic_id = '05.4')) AS social,
        sum(outturn_try) FILTER (NOT spent AND economy IN ('01', '03', '05') AND economic_id <> '05.2') AS own_revenue,
        sum(outturn_try) FILTER (spent AND economic_id = 'unclassified') AS spent_unclassified,
        sum(outturn_try) FILTER (spent AND function_id = 'unclassified') AS function_unclassified,
        sum(outturn_try) FILTER (NOT spent AND economic_id = 'unclassified') AS revenue_unclassified,
        CASE scope
            WHEN 'utilities' THEN NOT bool_or(entity = 'utility')
            WHEN 'all' THEN NOT bool_or(entity = 'company')
            ELSE FALSE
        END AS adds_nobody
    FROM (
        SELECT *, side = 'expenditure' AS spent, split_part(economic_id, '.', 1) AS economy
        FROM mart.fact_spending
        JOIN budget_scope USING (entity)
    )
    GROUP BY city_id, year, scope
),
total AS (FROM mart.spending_total WHERE code = 'total')
SELECT
    part.*,
    expenditure.city_id IS NOT NULL AS has_expenditure,
    revenue.city_id IS NOT NULL AS has_revenue,
    -- A body with one side of its budget alone would be in one part of a ratio and not in the other.
    NOT list_has_all(coalesce(revenue.entities, []), coalesce(expenditure.entities, [])) AS lacks_revenue,
    NOT list_has_all(coalesce(expenditure.entities, []), coalesce(revenue.entities, [])) AS lacks_expenditure,
    expenditure.initial_try AS initial,
    expenditure.appropriation_try AS appropriation,
    expenditure.outturn_try AS spent,
    revenue.accrued_try AS accrued,
    revenue.outturn_try AS collected,
    population.population,
    coalesce(expenditure.is_provisional, FALSE) AS spent_provisional,
    coalesce(revenue.is_provisional, FALSE) AS collected_provisional,
    coalesce(expenditure.is_synthetic, FALSE) OR coalesce(revenue.is_synthetic, FALSE) AS is_synthetic
FROM part
LEFT JOIN total AS expenditure
    ON (expenditure.city_id, expenditure.year, expenditure.scope, expenditure.side)
    = (part.city_id, part.year, part.scope, 'expenditure')
LEFT JOIN total AS revenue
    ON (revenue.city_id, revenue.year, revenue.scope, revenue.side) = (part.city_id, part.year, part.scope, 'revenue')
LEFT JOIN mart.city_population AS population
    ON population.city_id = part.city_id AND population.year = part.year
WHERE expenditure.city_id IS NOT NULL OR revenue.city_id IS NOT NULL
