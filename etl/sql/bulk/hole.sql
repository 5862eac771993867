-- Lines without an amount that other lines of the same budget have.
SELECT row_number, measure, count(*) OVER () AS every
FROM (
    SELECT line.row_number, unnest([
        CASE WHEN initial_try IS NULL AND initial > 0 THEN 'initial' END,
        CASE WHEN appropriation_try IS NULL AND appropriation > 0 THEN 'appropriation' END,
        CASE WHEN accrued_try IS NULL AND accrued > 0 THEN 'accrued' END,
        CASE WHEN outturn_try IS NULL AND outturn > 0 THEN 'outturn' END
    ]) AS measure
    FROM staged.line AS line
    JOIN (
        FROM budget WHERE least(
            CASE WHEN initial = 0 THEN lines ELSE initial END,
            CASE WHEN appropriation = 0 THEN lines ELSE appropriation END,
            CASE WHEN accrued = 0 THEN lines ELSE accrued END,
            CASE WHEN outturn = 0 THEN lines ELSE outturn END
        ) < lines
    ) AS budget USING (city_id, year, entity, side)
    WHERE NOT line.is_doubtful AND shape > 0
)
WHERE measure IS NOT NULL
ORDER BY row_number
LIMIT $most
