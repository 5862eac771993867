-- Codes of the budget classification that have a name.
SELECT classification, code, parent, level, label_tr, label_en, sort_key
FROM mart.dim_budget_code
ORDER BY classification, sort_key
