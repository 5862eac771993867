-- The indicator that stands for a theme in the scorecard exists and belongs to that theme.
SELECT count(*), any_value(theme.theme_id)
FROM mart.dim_theme AS theme
ANTI JOIN mart.dim_indicator AS indicator
    ON indicator.indicator_id = theme.lead_indicator_id AND indicator.theme_id = theme.theme_id
WHERE theme.lead_indicator_id IS NOT NULL
