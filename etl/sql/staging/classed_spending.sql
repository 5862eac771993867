-- Budget lines with the named code each belongs to.
-- Whatever brings budget lines, received files or a bulk load, brings them as one relation, incoming_spending: the
-- columns of mart.spending_row less function_id and economic_id, codes normalised and dotted, NULL where there is none.
CREATE OR REPLACE TEMP VIEW classed_spending AS
WITH written AS (
    SELECT DISTINCT
        CASE side WHEN 'revenue' THEN 'revenue' ELSE 'economic' END AS classification,
        CAST(economic AS VARCHAR) AS code
    FROM incoming_spending
    UNION ALL
    SELECT DISTINCT 'functional', CAST(functional AS VARCHAR) FROM incoming_spending WHERE side = 'expenditure'
),
belongs AS (
    SELECT written.classification, written.code, coalesce(deep.code, top.code) AS named
    FROM written
    LEFT JOIN mart.dim_budget_code AS deep
        ON deep.classification = written.classification AND deep.level = 2
        AND deep.code = array_to_string(string_split(written.code, '.')[:2], '.')
    LEFT JOIN mart.dim_budget_code AS top
        ON top.classification = written.classification AND top.level = 1
        AND top.code = split_part(written.code, '.', 1)
)
SELECT
    line.city_id, line.year, line.entity, line.side,
    line.institutional, line.functional, line.finance_type, line.economic,
    CASE line.side WHEN 'revenue' THEN 'revenue' ELSE coalesce(function.named, 'unclassified') END AS function_id,
    coalesce(economy.named, 'unclassified') AS economic_id,
    line.label, line.initial_try, line.appropriation_try, line.accrued_try, line.outturn_try,
    line.is_provisional, line.is_synthetic, line.row_number, line.lineage_id
FROM incoming_spending AS line
LEFT JOIN belongs AS function
    ON function.classification = 'functional' AND function.code = line.functional
LEFT JOIN belongs AS economy
    ON economy.classification = CASE line.side WHEN 'revenue' THEN 'revenue' ELSE 'economic' END
    AND economy.code = line.economic
