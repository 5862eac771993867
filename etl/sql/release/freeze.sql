-- What the public may see of a warehouse: published indicators, the figures and origins behind them, nothing else.
-- Budgets and plans are here already (release/money.sql).
DROP SCHEMA staging CASCADE;

CREATE TEMP TABLE published AS
SELECT indicator_id FROM warehouse.mart.dim_indicator WHERE state = 'published';

INSERT INTO mart.dim_city SELECT * FROM warehouse.mart.dim_city;
INSERT INTO mart.roster_position SELECT * FROM warehouse.mart.roster_position;
INSERT INTO mart.dim_service SELECT * FROM warehouse.mart.dim_service;
INSERT INTO mart.dim_theme
SELECT * REPLACE (CASE WHEN lead_indicator_id IN (FROM published) THEN lead_indicator_id END AS lead_indicator_id)
FROM warehouse.mart.dim_theme;
INSERT INTO mart.dim_indicator
SELECT * FROM warehouse.mart.dim_indicator WHERE indicator_id IN (FROM published);
INSERT INTO mart.dim_break
SELECT * FROM warehouse.mart.dim_break WHERE indicator_id IN (FROM published);
INSERT INTO mart.index_component
SELECT * FROM warehouse.mart.index_component
WHERE index_id IN (FROM published) AND component_id IN (FROM published);
INSERT INTO mart.fact_value
SELECT * FROM warehouse.mart.fact_value WHERE indicator_id IN (FROM published)
ORDER BY indicator_id, period, group_id, city_id;
INSERT INTO mart.reference_value
SELECT * FROM warehouse.mart.reference_value WHERE indicator_id IN (FROM published);
INSERT INTO mart.index_variant
SELECT * FROM warehouse.mart.index_variant WHERE index_id IN (FROM published);
INSERT INTO mart.index_rank_range
SELECT * FROM warehouse.mart.index_rank_range WHERE index_id IN (FROM published);
INSERT INTO mart.coverage
SELECT * FROM warehouse.mart.coverage WHERE indicator_id IN (FROM published);

-- Surveys: estimates of the published waves; interviews are in staging and never here.
CREATE TEMP TABLE open_wave AS
SELECT wave_id FROM warehouse.mart.dim_wave WHERE state = 'published';

INSERT INTO mart.dim_grouping SELECT * FROM warehouse.mart.dim_grouping;
INSERT INTO mart.dim_wave SELECT * FROM warehouse.mart.dim_wave WHERE wave_id IN (FROM open_wave);
INSERT INTO mart.wave_rule SELECT * FROM warehouse.mart.wave_rule WHERE wave_id IN (FROM open_wave);
INSERT INTO mart.dim_item SELECT * FROM warehouse.mart.dim_item WHERE wave_id IN (FROM open_wave);
INSERT INTO mart.dim_category SELECT * FROM warehouse.mart.dim_category WHERE wave_id IN (FROM open_wave);
INSERT INTO mart.survey_estimate
SELECT * FROM warehouse.mart.survey_estimate WHERE wave_id IN (FROM open_wave)
ORDER BY year, item_id, group_var, group_id, city_id;
INSERT INTO mart.survey_gap SELECT * FROM warehouse.mart.survey_gap WHERE wave_id IN (FROM open_wave);
INSERT INTO mart.survey_inequality
SELECT * FROM warehouse.mart.survey_inequality WHERE wave_id IN (FROM open_wave);
-- Between two estimates that are both here; a draft is in no family, so nothing of one shows in a rank.
INSERT INTO mart.survey_pair
SELECT pair.* FROM warehouse.mart.survey_pair AS pair
SEMI JOIN mart.survey_estimate AS a ON (a.year, a.item_id, a.city_id) = (pair.year, pair.item_id, pair.city_a) AND a.is_compared
SEMI JOIN mart.survey_estimate AS b ON (b.year, b.item_id, b.city_id) = (pair.year, pair.item_id, pair.city_b) AND b.is_compared;
-- Changes are between published samples; the release has all of those.
INSERT INTO mart.survey_change SELECT * FROM warehouse.mart.survey_change;

-- Origins only of figures that are in this file; who brought a file, and what was rejected, stay inside.
INSERT INTO meta.lineage
SELECT * FROM warehouse.meta.lineage
WHERE lineage_id IN (
    SELECT lineage_id FROM mart.fact_value UNION SELECT lineage_id FROM mart.reference_value
    UNION SELECT lineage_id FROM mart.dim_wave UNION SELECT lineage_id FROM mart.spending_row
    UNION SELECT lineage_id FROM mart.dim_plan
);
INSERT INTO mart.dim_source
SELECT * FROM warehouse.mart.dim_source
WHERE source_id IN (SELECT source_id FROM mart.dim_indicator UNION SELECT source_id FROM meta.lineage);
INSERT INTO meta.file
SELECT * REPLACE (NULL AS received_from) FROM warehouse.meta.file
WHERE file_id IN (SELECT file_id FROM meta.lineage);
INSERT INTO meta.release
SELECT * REPLACE (
    'public' AS audience,
    (SELECT coalesce(bool_or(is_synthetic), FALSE)
     FROM (SELECT is_synthetic FROM mart.fact_value UNION ALL SELECT is_synthetic FROM mart.dim_wave
           UNION ALL SELECT is_synthetic FROM mart.spending_total UNION ALL SELECT is_synthetic FROM mart.dim_plan)) AS has_synthetic
)
FROM warehouse.meta.release;

DROP TABLE published;
DROP TABLE open_wave;
DETACH warehouse
