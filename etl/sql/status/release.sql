-- The generation itself.
SELECT
    release.release_id,
    release.as_of,
    release.built_at,
    release.has_synthetic,
    (SELECT count(value) FROM mart.fact_value) AS figures,
    (SELECT count(*) FROM mart.dim_indicator) AS indicators,
    (SELECT count(*) FROM mart.dim_city WHERE kind = 'municipality') AS municipalities
FROM meta.release AS release
