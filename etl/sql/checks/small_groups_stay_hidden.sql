-- Nothing of fewer than ten people is told, and no single hidden category stands beside a total that gives it away.
SELECT count(*), any_value(cell)
FROM (
    SELECT wave_id || ' / ' || city_id || ' / ' || item_id || ' / ' || group_var || ' / ' || group_id AS cell
    FROM mart.survey_estimate
    WHERE n BETWEEN 1 AND 9
    UNION ALL
    SELECT min(wave_id || ' / ' || city_id || ' / ' || item_id || ' / ' || group_var)
    FROM mart.survey_estimate
    WHERE group_var <> 'all' AND NOT contains(group_var, '*')
    GROUP BY wave_id, city_id, item_id, group_var
    HAVING count(*) FILTER (status = 'suppressed') = 1 AND count(*) FILTER (n > 0) > 0
    UNION ALL
    SELECT gap.wave_id || ' / ' || gap.city_id || ' / ' || gap.item_id || ' / ' || gap.group_id
    FROM mart.survey_gap AS gap
    JOIN mart.survey_estimate AS side
        ON side.wave_id = gap.wave_id AND side.city_id = gap.city_id AND side.item_id = gap.item_id
        AND side.group_var = gap.group_var AND side.group_id IN (gap.group_id, gap.reference_id)
    WHERE side.status = 'suppressed' AND gap.diff IS NOT NULL
)
