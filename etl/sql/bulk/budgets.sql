-- What the file brings, in its order: each budget and the measures it has.
SELECT
    CAST(city_id AS VARCHAR) AS city_id, CAST(year AS INTEGER) AS year,
    CAST(entity AS VARCHAR) AS entity, CAST(side AS VARCHAR) AS side,
    list_filter(
        ['initial', 'appropriation', 'accrued', 'outturn'],
        lambda one, place: [initial, appropriation, accrued, outturn][place] > 0
    ) AS measures,
    lines,
    has_shapes,
    has_units,
    CAST(row_number AS BIGINT) AS row_number
FROM budget
ORDER BY budget.row_number
