-- Lines that are no row of the table, as the reader saw them.
SELECT line, any_value(error_type) AS kind FROM reject_errors GROUP BY line ORDER BY line;
