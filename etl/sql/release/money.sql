-- Budgets and plans, in the order they are stored in; a file that was refused is in neither.
INSERT INTO mart.dim_budget_code SELECT * FROM warehouse.mart.dim_budget_code;
INSERT INTO mart.spending_row SELECT * FROM warehouse.mart.spending_row;
INSERT INTO mart.fact_spending SELECT * FROM warehouse.mart.fact_spending;
INSERT INTO mart.spending_total SELECT * FROM warehouse.mart.spending_total;
INSERT INTO mart.price_level SELECT * FROM warehouse.mart.price_level;
INSERT INTO mart.city_population SELECT * FROM warehouse.mart.city_population;
INSERT INTO mart.finance_indicator
SELECT * FROM warehouse.mart.finance_indicator WHERE indicator_id IN (
    SELECT indicator_id FROM warehouse.mart.dim_indicator WHERE state = 'published'
);
INSERT INTO mart.dim_plan SELECT * FROM warehouse.mart.dim_plan;
INSERT INTO mart.plan_goal SELECT * FROM warehouse.mart.plan_goal;
INSERT INTO mart.plan_objective SELECT * FROM warehouse.mart.plan_objective;
INSERT INTO mart.plan_indicator SELECT * FROM warehouse.mart.plan_indicator;
INSERT INTO mart.plan_value SELECT * FROM warehouse.mart.plan_value;
INSERT INTO mart.plan_rollup SELECT * FROM warehouse.mart.plan_rollup;
INSERT INTO mart.plan_finding SELECT * FROM warehouse.mart.plan_finding;
INSERT INTO mart.plan_band SELECT * FROM warehouse.mart.plan_band;
