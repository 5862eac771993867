-- An index all of whose components have values has values itself.
SELECT count(*), any_value(index_id)
FROM (
    SELECT component.index_id
    FROM mart.index_component AS component
    LEFT JOIN (SELECT DISTINCT indicator_id FROM mart.fact_value WHERE value IS NOT NULL) AS filled
        ON filled.indicator_id = component.component_id
    GROUP BY component.index_id
    HAVING count(*) = count(filled.indicator_id)
) AS complete
WHERE index_id NOT IN (SELECT indicator_id FROM mart.fact_value WHERE value IS NOT NULL)
