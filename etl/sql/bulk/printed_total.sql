-- Each printed total beside the sum of its lines, refunds (revenue 09) subtracted; only of budgets that could be read
-- whole.
WITH printed AS (
    FROM staged.line WHERE shape = 0 AND NOT is_doubtful AND list_contains($totals, CAST(label AS VARCHAR))
),
summed AS (
    SELECT
        city_id, year, entity, side,
        sum(initial_try * sign) AS initial_try,
        sum(appropriation_try * sign) AS appropriation_try,
        sum(accrued_try * sign) AS accrued_try,
        sum(outturn_try * sign) AS outturn_try
    FROM (
        SELECT
            *,
            CASE WHEN side = 'revenue' AND CAST(economic AS VARCHAR)[:2] = '09' THEN -1 ELSE 1 END AS sign
        FROM staged.line
        SEMI JOIN printed USING (city_id, year, entity, side)
        WHERE shape > 0
    )
    GROUP BY ALL
)
SELECT
    printed.row_number, CAST(CAST(printed.scale AS VARCHAR) AS DOUBLE) AS scale, coalesce(budget.lines, 1) AS lines,
    told.*
FROM printed
LEFT JOIN summed USING (city_id, year, entity, side)
LEFT JOIN budget USING (city_id, year, entity, side)
CROSS JOIN LATERAL (SELECT unnest([
    {'measure': 'initial', 'printed': printed.initial_try, 'summed': coalesce(summed.initial_try, 0)},
    {'measure': 'appropriation', 'printed': printed.appropriation_try,
     'summed': coalesce(summed.appropriation_try, 0)},
    {'measure': 'accrued', 'printed': printed.accrued_try, 'summed': coalesce(summed.accrued_try, 0)},
    {'measure': 'outturn', 'printed': printed.outturn_try, 'summed': coalesce(summed.outturn_try, 0)}
], recursive := TRUE)) AS told
WHERE budget.is_doubtful IS DISTINCT FROM TRUE AND told.printed IS NOT NULL
ORDER BY printed.row_number
