-- A share is a fraction inside its own interval, and an open link has no interval.
SELECT count(*), any_value(estimate.wave_id || ' / ' || city_id || ' / ' || item_id || ' / ' || group_id)
FROM mart.survey_estimate AS estimate
JOIN mart.dim_wave AS wave USING (wave_id)
WHERE share NOT BETWEEN 0 AND 1
    OR share NOT BETWEEN share_low - 1e-12 AND share_high + 1e-12
    OR (interval = 'none') <> (share_low IS NULL)
    OR (wave.mode = 'open_link' AND share_low IS NOT NULL)
