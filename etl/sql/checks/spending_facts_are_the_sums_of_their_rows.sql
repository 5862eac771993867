-- No lira is lost or counted twice between the lines of a budget and what is shown of it.
WITH line AS (
    SELECT city_id, year, entity, side, count(*) AS lines, sum(initial_try) AS initial, sum(outturn_try) AS outturn
    FROM mart.spending_row
    GROUP BY ALL
),
fact AS (
    SELECT city_id, year, entity, side, sum(lines) AS lines, sum(initial_try) AS initial, sum(outturn_try) AS outturn
    FROM mart.fact_spending
    GROUP BY ALL
)
SELECT count(*), any_value(city_id || ' / ' || year || ' / ' || entity || ' / ' || side)
FROM line
FULL JOIN fact USING (city_id, year, entity, side)
WHERE line.lines IS DISTINCT FROM fact.lines
    OR (line.initial IS NULL) <> (fact.initial IS NULL) OR (line.outturn IS NULL) <> (fact.outturn IS NULL)
    OR abs(line.initial - fact.initial) > 1e-9 * abs(line.initial)
    OR abs(line.outturn - fact.outturn) > 1e-9 * abs(line.outturn)
