-- Rows with fewer levels of codes that are the sum of those below them in all they have, and so would count twice.
-- Only in budgets whose codes differ in length; where all have the same, none is part of another.
CREATE MACRO cut(code, levels) AS array_to_string(string_split(CAST(code AS VARCHAR), '.')[:levels], '.');
WITH own AS (
    SELECT
        city_id, year, entity, side, shape, row_number,
        {'i': CAST(institutional AS VARCHAR), 'f': CAST(functional AS VARCHAR),
         't': CAST(finance_type AS VARCHAR), 'e': CAST(economic AS VARCHAR)} AS codes,
        [initial_try, appropriation_try, accrued_try, outturn_try] AS amounts
    FROM staged.line
    SEMI JOIN (FROM budget WHERE has_shapes) AS mixed USING (city_id, year, entity, side)
    WHERE shape > 0
),
shapes AS (SELECT DISTINCT city_id, year, entity, side, shape FROM own),
part AS (
    SELECT
        own.city_id, own.year, own.entity, own.side, shapes.shape,
        {'i': cut(codes.i, shapes.shape // 1000), 'f': cut(codes.f, shapes.shape // 100 % 10),
         't': cut(codes.t, shapes.shape // 10 % 10), 'e': cut(codes.e, shapes.shape % 10)} AS codes,
        [sum(CASE WHEN amounts[1] <= 1e300 THEN amounts[1] END), sum(CASE WHEN amounts[2] <= 1e300 THEN amounts[2] END),
         sum(CASE WHEN amounts[3] <= 1e300 THEN amounts[3] END), sum(CASE WHEN amounts[4] <= 1e300 THEN amounts[4] END)]
            AS amounts
    FROM own
    JOIN shapes USING (city_id, year, entity, side)
    WHERE shapes.shape <> own.shape
        AND shapes.shape // 1000 <= own.shape // 1000 AND shapes.shape // 100 % 10 <= own.shape // 100 % 10
        AND shapes.shape // 10 % 10 <= own.shape // 10 % 10 AND shapes.shape % 10 <= own.shape % 10
    GROUP BY ALL
)
SELECT
    own.row_number,
    concat_ws(', ', nullif(codes.i, ''), nullif(codes.f, ''), nullif(codes.t, ''), nullif(codes.e, '')) AS codes,
    count(*) OVER () AS every
FROM own
JOIN part USING (city_id, year, entity, side, shape, codes)
WHERE len(list_filter(own.amounts, lambda one: one <> 0)) > 0
    AND len(list_filter(list_zip(own.amounts, part.amounts), lambda pair:
        pair[1] IS NOT NULL AND abs(coalesce(pair[1], 0) - coalesce(pair[2], 0))
            > greatest(0.01, 1e-9 * greatest(abs(pair[1]), abs(pair[2]))))) = 0
ORDER BY own.row_number
LIMIT $most
