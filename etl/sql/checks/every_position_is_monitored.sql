-- Every pilot position, named or not, has a row for every indicator and period that any has, the last period always.
SELECT count(*), any_value(position.position || ' / ' || expected.indicator_id)
FROM mart.roster_position AS position
CROSS JOIN (
    SELECT indicator_id, period FROM mart.coverage
    UNION
    SELECT indicator_id, last_period FROM mart.dim_indicator WHERE last_period IS NOT NULL
) AS expected
ANTI JOIN mart.coverage AS coverage
    ON coverage.position = position.position AND coverage.indicator_id = expected.indicator_id
    AND coverage.period = expected.period
