-- The budget lines of one municipality in one year under a branch of its budget, the largest first, each with the
-- file, sheet and row it stands in. Empty parameters ask for all; the table is stored by city and year, so only
-- their blocks are read. $measure: initial, appropriation or outturn, what is large.
WITH largest AS (
  SELECT entity, institutional, functional, finance_type, economic, function_id, economic_id, label,
    initial_try, appropriation_try, outturn_try, is_provisional, is_synthetic, row_number, lineage_id,
    CASE $measure WHEN 'initial' THEN initial_try WHEN 'appropriation' THEN appropriation_try ELSE outturn_try END AS size
  FROM mart.spending_row
  WHERE city_id = $city_id AND year = $year AND side = 'expenditure' AND list_contains($entities, entity)
    AND ($function = '' OR function_id = $function OR starts_with(function_id, $function || '.'))
    AND ($economic = '' OR economic_id = $economic OR starts_with(economic_id, $economic || '.'))
    AND ($unit = '' OR institutional = $unit OR starts_with(institutional, $unit || '.'))
  ORDER BY size DESC NULLS LAST, lineage_id, row_number
  LIMIT $most
)
SELECT l.* EXCLUDE (size), f.name AS file, o.sheet, o.source_id
FROM largest AS l
LEFT JOIN meta.lineage AS o USING (lineage_id)
LEFT JOIN meta.file AS f USING (file_id)
ORDER BY size DESC NULLS LAST, l.lineage_id, l.row_number
