-- Every figure leads back to a cell of a received file or to a named method.
SELECT count(*), any_value(figure)
FROM (
    SELECT lineage_id, city_id || ' / ' || indicator_id || ' / ' || period AS figure FROM mart.fact_value
    UNION ALL
    SELECT lineage_id, reference_id || ' / ' || indicator_id || ' / ' || period FROM mart.reference_value
    UNION ALL
    SELECT lineage_id, wave_id || ' / ' || city_id || ' / ' || item_id FROM mart.survey_estimate
)
ANTI JOIN meta.lineage USING (lineage_id)
