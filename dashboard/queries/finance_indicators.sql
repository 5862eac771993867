-- The finance indicators of municipalities in one year and scope.
SELECT city_id, indicator_id, value, numerator, denominator, status, reason, is_synthetic, lineage_id
FROM mart.finance_indicator
WHERE year = $year AND scope = $scope AND list_contains($city_ids, city_id)
