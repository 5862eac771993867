-- Every pilot position, named or not, has a row for every indicator that is expected for some period.
SELECT count(*), any_value(position.position || ' / ' || expected.indicator_id)
FROM mart.roster_position AS position
CROSS JOIN (SELECT DISTINCT indicator_id, period FROM mart.fact_value) AS expected
ANTI JOIN mart.coverage AS coverage
    ON coverage.position = position.position AND coverage.indicator_id = expected.indicator_id
    AND coverage.period = expected.period
