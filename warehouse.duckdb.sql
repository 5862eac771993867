-- Kent Karnesi: the contract between etl/ (writes) and dashboard/ (reads).
-- Schemas, tables, keys, checks and comments; no data. DuckDB 2.
--   staging  typed rows at the grain of their source; never part of a release file
--   mart     what is compared and shown; one table, one grain, said in COMMENT ON TABLE
--   meta     where everything came from
-- A missing value is a row with a NULL value and a status: never zero, never an absent row.

CREATE SCHEMA staging;
CREATE SCHEMA mart;
CREATE SCHEMA meta;

-- ---------------------------------------------------------------------------------------- meta

CREATE TABLE meta.release (
  release_id     VARCHAR PRIMARY KEY,
  audience       VARCHAR NOT NULL CHECK (audience IN ('internal', 'public')),
  schema_version INTEGER NOT NULL,
  as_of          DATE NOT NULL,
  built_at       TIMESTAMP NOT NULL,
  has_synthetic  BOOLEAN NOT NULL
);
COMMENT ON TABLE meta.release IS 'One row: the generation this file is. release_id is a UTC timestamp slug (20261122T013000) and the only cache key; as_of is the day on which lateness is judged.';

CREATE TABLE meta.file (
  file_id       VARCHAR PRIMARY KEY,
  submission    VARCHAR NOT NULL,
  name          VARCHAR NOT NULL,
  bytes         BIGINT NOT NULL,
  encoding      VARCHAR,
  received_at   TIMESTAMP NOT NULL,
  received_from VARCHAR,
  edition       INTEGER NOT NULL,
  supersedes    VARCHAR,
  verdict       VARCHAR NOT NULL CHECK (verdict IN ('accepted', 'accepted_with_rejects', 'rejected')),
  rows_read     BIGINT NOT NULL,
  rows_accepted BIGINT NOT NULL,
  rows_rejected BIGINT NOT NULL
);
COMMENT ON TABLE meta.file IS 'One row per received file (file_id = sha256 of its bytes). The same bytes twice are one file; a corrected file is a new edition and the old one stays.';

CREATE TABLE meta.reject (
  file_id    VARCHAR NOT NULL,
  sheet      VARCHAR,
  row_number BIGINT,
  column_name VARCHAR,
  value      VARCHAR,
  rule       VARCHAR NOT NULL,
  message_tr VARCHAR NOT NULL,
  message_en VARCHAR NOT NULL
);
COMMENT ON TABLE meta.reject IS 'One row per fault found in a received file; row_number is 1-based as a spreadsheet shows it, NULL for a fault of the file as a whole.';

CREATE TABLE meta.lineage (
  lineage_id  BIGINT PRIMARY KEY,
  kind        VARCHAR NOT NULL CHECK (kind IN ('source', 'computed')),
  source_id   VARCHAR,
  file_id     VARCHAR,
  sheet       VARCHAR,
  row_number  BIGINT,
  column_name VARCHAR,
  method      VARCHAR
);
COMMENT ON TABLE meta.lineage IS 'One row per origin of a value: a cell of a received file (kind source), or a named method (kind computed).';

-- ------------------------------------------------------------------------------------- staging

CREATE TABLE staging.observation (
  place_id     VARCHAR NOT NULL,
  indicator_id VARCHAR NOT NULL,
  period       VARCHAR NOT NULL,
  group_id     VARCHAR NOT NULL DEFAULT 'total',
  value        DOUBLE,
  lower        DOUBLE,
  upper        DOUBLE,
  n            BIGINT,
  n_effective  DOUBLE,
  status       VARCHAR NOT NULL,
  is_synthetic BOOLEAN NOT NULL,
  lineage_id   BIGINT NOT NULL,
  PRIMARY KEY (place_id, indicator_id, period, group_id)
);
COMMENT ON TABLE staging.observation IS 'One row per observation as a source published it or a method computed it: place (of measurement) x indicator x period x group. lineage_id leads to the cell or the method.';

CREATE TABLE staging.published_index (
  place_id     VARCHAR NOT NULL,
  indicator_id VARCHAR NOT NULL,
  period       VARCHAR NOT NULL,
  value        DOUBLE NOT NULL,
  PRIMARY KEY (place_id, indicator_id, period)
);
COMMENT ON TABLE staging.published_index IS 'One row per composite-index figure as its producer published it: place x index x period. Ours are computed and must equal these.';

CREATE TABLE staging.survey_respondent (
  wave_id   VARCHAR NOT NULL,
  line      BIGINT NOT NULL,
  city_id   VARCHAR NOT NULL,
  stratum   VARCHAR NOT NULL,
  psu       VARCHAR NOT NULL,
  psu_total DOUBLE,
  weight    DOUBLE,
  groups    MAP(VARCHAR, VARCHAR) NOT NULL,
  PRIMARY KEY (wave_id, line)
);
COMMENT ON TABLE staging.survey_respondent IS 'One row per interview as its wave declares it, before cleaning; line is its row in the file. groups: grouping -> category, only where stated. Persons stop here: no mart and no release carries this grain.';

CREATE TABLE staging.survey_answer (
  wave_id VARCHAR NOT NULL,
  line    BIGINT NOT NULL,
  item_id VARCHAR NOT NULL,
  code    INTEGER NOT NULL
);
COMMENT ON TABLE staging.survey_answer IS 'One row per answer given: interview x item, the code as asked; no-opinion codes included, blanks absent.';

-- ---------------------------------------------------------------------------------------- mart

CREATE TABLE mart.dim_city (
  city_id           VARCHAR PRIMARY KEY,
  name_tr           VARCHAR NOT NULL,
  name_en           VARCHAR NOT NULL,
  sort_key          INTEGER NOT NULL,
  search_key        VARCHAR NOT NULL,
  kind              VARCHAR NOT NULL CHECK (kind IN ('municipality', 'province', 'country')),
  legal_type        VARCHAR NOT NULL CHECK (legal_type IN ('metropolitan', 'provincial', 'district', 'province', 'country')),
  legal_type_before VARCHAR,
  legal_type_since  INTEGER,
  role              VARCHAR NOT NULL CHECK (role IN ('pilot', 'model', 'member', 'context')),
  province_id       VARCHAR,
  plate             INTEGER,
  nuts1             VARCHAR,
  nuts2             VARCHAR,
  nuts2_name        VARCHAR,
  latitude          DOUBLE,
  longitude         DOUBLE,
  named_in          VARCHAR
);
COMMENT ON TABLE mart.dim_city IS 'One row per place: municipalities (role pilot, model or member), provinces and the country (context). province_id of a municipality is the province whose value stands in where it has none of its own. sort_key orders names by the Turkish alphabet; search_key is folded for search, never an identifier. legal_type_before/since: status before law 6360 and the first year of the present one.';

CREATE TABLE mart.roster_position (
  position   INTEGER PRIMARY KEY,
  state      VARCHAR NOT NULL CHECK (state IN ('named', 'unnamed')),
  city_id    VARCHAR UNIQUE,
  source_url VARCHAR,
  CHECK ((state = 'named') = (city_id IS NOT NULL))
);
COMMENT ON TABLE mart.roster_position IS 'One row per pilot position of the programme. An unnamed position is shown in monitoring and in no comparison.';

CREATE TABLE mart.dim_theme (
  theme_id VARCHAR PRIMARY KEY,
  label_tr VARCHAR NOT NULL,
  label_en VARCHAR NOT NULL,
  sort_key INTEGER NOT NULL,
  lead_indicator_id VARCHAR
);
COMMENT ON TABLE mart.dim_theme IS 'One row per theme; lead_indicator_id is the one indicator that stands for the theme in the scorecard.';

CREATE TABLE mart.dim_service (
  service_id     VARCHAR PRIMARY KEY,
  label_tr       VARCHAR NOT NULL,
  label_en       VARCHAR NOT NULL,
  responsible_tr VARCHAR NOT NULL,
  responsible_en VARCHAR NOT NULL,
  functions      VARCHAR[] NOT NULL,
  need_indicator_id VARCHAR,
  has_mirror     BOOLEAN NOT NULL,
  sort_key       INTEGER NOT NULL
);
COMMENT ON TABLE mart.dim_service IS 'One row per public service and who is responsible for it (municipality, governorate, ministry). functions: the functional budget codes (level I or II) its spending is booked under; need_indicator_id: the indicator that tells how much of it is needed; has_mirror: whether money, plan, citizens and need are laid side by side for it. Survey questions and plan objectives name the service.';

CREATE TABLE mart.dim_grouping (
  grouping_id VARCHAR PRIMARY KEY,
  label_tr    VARCHAR NOT NULL,
  label_en    VARCHAR NOT NULL,
  owner_tr    VARCHAR NOT NULL,
  owner_en    VARCHAR NOT NULL,
  sort_key    INTEGER NOT NULL
);
COMMENT ON TABLE mart.dim_grouping IS 'One row per way of telling people apart that every survey is expected to offer (sex, age, disability and others), and the body that owes it where it is missing.';

CREATE TABLE mart.dim_source (
  source_id         VARCHAR PRIMARY KEY,
  producer_tr       VARCHAR NOT NULL,
  producer_en       VARCHAR NOT NULL,
  title_tr          VARCHAR NOT NULL,
  title_en          VARCHAR NOT NULL,
  citation_tr       VARCHAR NOT NULL,
  citation_en       VARCHAR NOT NULL,
  short_tr          VARCHAR NOT NULL,
  short_en          VARCHAR NOT NULL,
  url               VARCHAR,
  published         VARCHAR,
  accessed          DATE,
  licence_tr        VARCHAR NOT NULL,
  licence_en        VARCHAR NOT NULL,
  redistribution_tr VARCHAR NOT NULL,
  redistribution_en VARCHAR NOT NULL,
  is_synthetic      BOOLEAN NOT NULL
);
COMMENT ON TABLE mart.dim_source IS 'One row per publication figures come from. short_* is the attribution under a chart; published is a date as precise as known (YYYY, YYYY-MM or YYYY-MM-DD).';

CREATE TABLE mart.dim_indicator (
  indicator_id         VARCHAR PRIMARY KEY,
  theme_id             VARCHAR NOT NULL,
  service_id           VARCHAR,
  component            VARCHAR NOT NULL CHECK (component IN ('map', 'spending', 'report_card', 'plan', 'council', 'rights', 'context')),
  rights_measure       VARCHAR CHECK (rights_measure IN ('structural', 'process', 'outcome')),
  kind                 VARCHAR NOT NULL CHECK (kind IN ('share', 'rate', 'count', 'index', 'score', 'amount', 'yes_no')),
  label_tr             VARCHAR NOT NULL,
  label_en             VARCHAR NOT NULL,
  short_label_tr       VARCHAR NOT NULL,
  short_label_en       VARCHAR NOT NULL,
  summary_tr           VARCHAR NOT NULL,
  summary_en           VARCHAR NOT NULL,
  reading_tr           VARCHAR NOT NULL,
  reading_en           VARCHAR NOT NULL,
  key_points_tr        VARCHAR[] NOT NULL,
  key_points_en        VARCHAR[] NOT NULL,
  unit_tr              VARCHAR NOT NULL,
  unit_en              VARCHAR NOT NULL,
  unit_symbol          VARCHAR NOT NULL,
  decimals             INTEGER NOT NULL CHECK (decimals BETWEEN 0 AND 6),
  direction            VARCHAR NOT NULL CHECK (direction IN ('higher', 'lower', 'target', 'contextual')),
  direction_reason_tr  VARCHAR,
  direction_reason_en  VARCHAR,
  numerator_tr         VARCHAR,
  numerator_en         VARCHAR,
  denominator_tr       VARCHAR,
  denominator_en       VARCHAR,
  formula              VARCHAR,
  average_method       VARCHAR NOT NULL CHECK (average_method IN ('unweighted', 'population_weighted', 'ratio_of_sums', 'sum', 'none')),
  geo_level            VARCHAR NOT NULL CHECK (geo_level IN ('country', 'province', 'municipality')),
  applicable_types     VARCHAR[] NOT NULL,
  time_type            VARCHAR NOT NULL CHECK (time_type IN ('year', 'wave')),
  first_period         VARCHAR,
  last_period          VARCHAR,
  breakdowns           VARCHAR[] NOT NULL,
  expected_breakdowns  VARCHAR[] NOT NULL,
  uncertainty_tr       VARCHAR NOT NULL,
  uncertainty_en       VARCHAR NOT NULL,
  suppression_min_n    INTEGER,
  suppression_tr       VARCHAR NOT NULL,
  suppression_en       VARCHAR NOT NULL,
  source_id            VARCHAR NOT NULL,
  source_table         VARCHAR NOT NULL,
  cadence              VARCHAR NOT NULL CHECK (cadence IN ('once', 'monthly', 'yearly', 'irregular')),
  last_update          DATE,
  next_update          DATE,
  processing_level     VARCHAR NOT NULL CHECK (processing_level IN ('none', 'minor', 'major')),
  processing_note_tr   VARCHAR NOT NULL,
  processing_note_en   VARCHAR NOT NULL,
  responsible_tr       VARCHAR NOT NULL,
  responsible_en       VARCHAR NOT NULL,
  state                VARCHAR NOT NULL CHECK (state IN ('draft', 'review', 'published', 'withdrawn')),
  question_tr          VARCHAR,
  question_en          VARCHAR,
  synonyms             VARCHAR[] NOT NULL,
  search_key           VARCHAR NOT NULL,
  sort_key             INTEGER NOT NULL
);
COMMENT ON TABLE mart.dim_indicator IS 'One row per indicator, as etl/registry/indicators/<indicator_id>.yml declares it. unit_symbol is what stands beside a number (% ₺ and others; empty for a bare count or score; ✓ where 1 is a yes and 0 a no, whose average is the share of yes). rights_measure: what a human rights indicator tells of, commitment (structural), effort (process) or enjoyment (outcome), as OHCHR divides them; NULL for all others. next_update NULL means that no further edition is planned. search_key is label, short label, synonyms and theme in both languages, folded.';

CREATE TABLE mart.dim_break (
  indicator_id VARCHAR NOT NULL,
  year         INTEGER NOT NULL,
  text_tr      VARCHAR NOT NULL,
  text_en      VARCHAR NOT NULL,
  PRIMARY KEY (indicator_id, year)
);
COMMENT ON TABLE mart.dim_break IS 'One row per series break: from this year on values are not comparable with those before; no line crosses it.';

CREATE TABLE mart.index_component (
  index_id     VARCHAR NOT NULL,
  component_id VARCHAR NOT NULL,
  weight       DOUBLE NOT NULL,
  is_reversed  BOOLEAN NOT NULL,
  sort_key     INTEGER NOT NULL,
  PRIMARY KEY (index_id, component_id)
);
COMMENT ON TABLE mart.index_component IS 'One row per component of a composite index (both are indicators). is_reversed: a higher raw value lowers the index.';

CREATE TABLE mart.fact_value (
  city_id      VARCHAR NOT NULL,
  indicator_id VARCHAR NOT NULL,
  period       VARCHAR NOT NULL,
  group_id     VARCHAR NOT NULL DEFAULT 'total',
  year         INTEGER NOT NULL,
  value        DOUBLE,
  lower        DOUBLE,
  upper        DOUBLE,
  n            BIGINT,
  n_effective  DOUBLE,
  status       VARCHAR NOT NULL CHECK (status IN ('measured', 'estimated', 'provisional', 'suppressed', 'not_collected', 'not_applicable', 'not_published', 'low_reliability', 'break')),
  value_level  VARCHAR NOT NULL CHECK (value_level IN ('country', 'province', 'municipality')),
  measured_id  VARCHAR NOT NULL,
  rank         INTEGER,
  rank_low     INTEGER,
  rank_high    INTEGER,
  rank_of      INTEGER,
  lineage_id   BIGINT NOT NULL,
  is_synthetic BOOLEAN NOT NULL,
  PRIMARY KEY (city_id, indicator_id, period, group_id),
  CHECK ((value IS NULL) = (status IN ('suppressed', 'not_collected', 'not_applicable', 'not_published')))
);
COMMENT ON TABLE mart.fact_value IS 'One row per place x indicator x period x group. A municipality without any figure of its own on an indicator carries its province''s: then value_level is province and measured_id names that province (on screen and in exports: il değeri). rank is among all places of the measured place''s kind, 1 = best by direction (1 = highest when contextual), ties share the smallest; rank_low/rank_high is its range when one can be told.';

CREATE TABLE mart.reference_value (
  indicator_id VARCHAR NOT NULL,
  period       VARCHAR NOT NULL,
  group_id     VARCHAR NOT NULL DEFAULT 'total',
  reference_id VARCHAR NOT NULL CHECK (reference_id IN ('country', 'provinces', 'pilots', 'pilots_metropolitan', 'pilots_provincial', 'pilots_district', 'members')),
  year         INTEGER NOT NULL,
  value        DOUBLE,
  median       DOUBLE,
  low          DOUBLE,
  high         DOUBLE,
  n            INTEGER NOT NULL,
  method       VARCHAR NOT NULL CHECK (method IN ('published', 'unweighted', 'population_weighted', 'ratio_of_sums', 'sum', 'none')),
  lineage_id   BIGINT NOT NULL,
  PRIMARY KEY (indicator_id, period, group_id, reference_id)
);
COMMENT ON TABLE mart.reference_value IS 'One row per indicator x period x reference group: the average by the indicator''s declared average_method (country only where it is published or a true sum), with median, extremes and the number of places with a value. Places whose value is missing are out of the base and of n.';

CREATE TABLE mart.index_variant (
  index_id  VARCHAR NOT NULL,
  city_id   VARCHAR NOT NULL,
  variant   VARCHAR NOT NULL CHECK (variant IN ('minmax_arithmetic', 'minmax_geometric', 'zscore_arithmetic', 'rank_arithmetic', 'pca')),
  score     DOUBLE,
  rank      INTEGER,
  PRIMARY KEY (index_id, city_id, variant)
);
COMMENT ON TABLE mart.index_variant IS 'One row per composite index x place x method variant: the score and the rank (1 = best) the place would have under that normalisation and aggregation. Places are those measured (provinces).';

CREATE TABLE mart.index_rank_range (
  index_id   VARCHAR NOT NULL,
  city_id    VARCHAR NOT NULL,
  rank       INTEGER,
  rank_p05   DOUBLE,
  rank_p50   DOUBLE,
  rank_p95   DOUBLE,
  share_top5 DOUBLE,
  draws      INTEGER NOT NULL,
  seed       BIGINT NOT NULL,
  PRIMARY KEY (index_id, city_id)
);
COMMENT ON TABLE mart.index_rank_range IS 'One row per composite index x place: published-method rank and where it falls in 90 % of Monte-Carlo draws over weights, normalisation, aggregation and left-out component.';

CREATE TABLE mart.coverage (
  position     INTEGER NOT NULL,
  city_id      VARCHAR,
  indicator_id VARCHAR NOT NULL,
  period       VARCHAR NOT NULL,
  state        VARCHAR NOT NULL CHECK (state IN ('received', 'province_value', 'provisional', 'suppressed', 'late', 'never', 'not_due', 'not_applicable', 'unnamed')),
  reason       VARCHAR NOT NULL,
  since        DATE,
  due          DATE,
  owner_tr     VARCHAR NOT NULL,
  owner_en     VARCHAR NOT NULL,
  file_id      VARCHAR,
  PRIMARY KEY (position, indicator_id, period)
);
COMMENT ON TABLE mart.coverage IS 'One row per monitored place (pilot positions, then members numbered behind them) x indicator x period that is owed (all expected ones, or the last alone): what arrived, as what, since when, or who owes it. since: the day it arrived; late: the day it was due; never: the last edition, which came without it. reason is a code the interface turns into a sentence: own_value, province_value, provisional_year, suppressed_small_n, past_due, never_published, next_edition_pending, out_of_scope, city_unnamed.';

-- --------------------------------------------------------------------- mart: citizen surveys

CREATE TABLE mart.dim_wave (
  wave_id         VARCHAR PRIMARY KEY,
  title_tr        VARCHAR NOT NULL,
  title_en        VARCHAR NOT NULL,
  year            INTEGER NOT NULL,
  state           VARCHAR NOT NULL CHECK (state IN ('draft', 'published')),
  mode            VARCHAR NOT NULL CHECK (mode IN ('sample', 'open_link')),
  has_weight      BOOLEAN NOT NULL,
  has_strata      BOOLEAN NOT NULL,
  has_psu         BOOLEAN NOT NULL,
  is_calibrated   BOOLEAN NOT NULL,
  questionnaire   VARCHAR NOT NULL,
  fieldwork_start DATE,
  fieldwork_end   DATE,
  agency_tr       VARCHAR NOT NULL,
  agency_en       VARCHAR NOT NULL,
  consent_tr      VARCHAR NOT NULL,
  consent_en      VARCHAR NOT NULL,
  licence_tr      VARCHAR NOT NULL,
  licence_en      VARCHAR NOT NULL,
  interviews      BIGINT NOT NULL,
  used            BIGINT NOT NULL,
  weight_lowest   DOUBLE,
  weight_highest  DOUBLE,
  weight_effect   DOUBLE,
  is_synthetic    BOOLEAN NOT NULL,
  lineage_id      BIGINT NOT NULL
);
COMMENT ON TABLE mart.dim_wave IS 'One row per received survey wave: one questionnaire in the field once. interviews: rows of the file; used: those left after cleaning. has_*: the design columns the file has; without strata and PSUs intervals are too narrow. weight_effect: what the weights alone do to a variance (Kish). A city is in at most one sample and one open-link wave a year.';

CREATE TABLE mart.wave_rule (
  wave_id VARCHAR NOT NULL,
  rule    VARCHAR NOT NULL,
  count   BIGINT NOT NULL,
  PRIMARY KEY (wave_id, rule)
);
COMMENT ON TABLE mart.wave_rule IS 'One row per wave x rule of reading or cleaning that met any interview: how many.';

CREATE TABLE mart.dim_item (
  wave_id      VARCHAR NOT NULL,
  item_id      VARCHAR NOT NULL,
  version      VARCHAR NOT NULL,
  aspect       VARCHAR NOT NULL CHECK (aspect IN ('satisfaction', 'use', 'problem', 'solved', 'importance')),
  service_id   VARCHAR,
  label_tr     VARCHAR NOT NULL,
  label_en     VARCHAR NOT NULL,
  question_tr  VARCHAR NOT NULL,
  question_en  VARCHAR NOT NULL,
  lowest       INTEGER NOT NULL,
  highest      INTEGER NOT NULL,
  direction    VARCHAR NOT NULL CHECK (direction IN ('higher', 'lower')),
  counted      INTEGER[] NOT NULL,
  is_filtered  BOOLEAN NOT NULL,
  sort_key     INTEGER NOT NULL,
  PRIMARY KEY (wave_id, item_id)
);
COMMENT ON TABLE mart.dim_item IS 'One row per wave x question. The same item_id and version in two waves is the same question on the same scale, and only then are they compared. counted: the codes whose share is told (the satisfied; the yes). is_filtered: asked of users only.';

CREATE TABLE mart.dim_category (
  wave_id      VARCHAR NOT NULL,
  group_var    VARCHAR NOT NULL,
  group_id     VARCHAR NOT NULL,
  variable_tr  VARCHAR NOT NULL,
  variable_en  VARCHAR NOT NULL,
  label_tr     VARCHAR NOT NULL,
  label_en     VARCHAR NOT NULL,
  is_reference BOOLEAN NOT NULL,
  sort_key     INTEGER NOT NULL,
  PRIMARY KEY (wave_id, group_var, group_id)
);
COMMENT ON TABLE mart.dim_category IS 'One row per wave x grouping x category, as declared; a crossed grouping is named a*b and its categories likewise. is_reference: the category gaps of this grouping are held against.';

CREATE TABLE mart.survey_estimate (
  city_id      VARCHAR NOT NULL,
  year         INTEGER NOT NULL,
  wave_id      VARCHAR NOT NULL,
  item_id      VARCHAR NOT NULL,
  group_var    VARCHAR NOT NULL,
  group_id     VARCHAR NOT NULL,
  status       VARCHAR NOT NULL CHECK (status IN ('measured', 'low_reliability', 'suppressed', 'not_collected')),
  reason       VARCHAR NOT NULL CHECK (reason IN ('', 'few_answers', 'few_units', 'wide_interval', 'open_link', 'small_group', 'protects_another', 'nobody_answered')),
  n            BIGINT,
  n_no_opinion BIGINT,
  sum_w        DOUBLE,
  n_psu        BIGINT,
  df           BIGINT,
  mean         DOUBLE,
  mean_se      DOUBLE,
  mean_low     DOUBLE,
  mean_high    DOUBLE,
  share        DOUBLE,
  share_se     DOUBLE,
  share_low    DOUBLE,
  share_high   DOUBLE,
  interval     VARCHAR NOT NULL CHECK (interval IN ('logit', 'korn_graubard', 'none')),
  deff         DOUBLE,
  n_effective  DOUBLE,
  is_first     BOOLEAN NOT NULL,
  is_compared  BOOLEAN NOT NULL,
  rank         INTEGER,
  rank_low     INTEGER,
  rank_high    INTEGER,
  rank_of      INTEGER,
  lineage_id   BIGINT NOT NULL,
  is_synthetic BOOLEAN NOT NULL,
  PRIMARY KEY (wave_id, city_id, item_id, group_var, group_id),
  CHECK ((share IS NULL) = (status IN ('suppressed', 'not_collected'))),
  CHECK (status <> 'suppressed' OR coalesce(n, n_no_opinion, n_psu, df, sum_w, mean, mean_se, share_se, share_low, share_high, deff, n_effective, rank) IS NULL)
);
COMMENT ON TABLE mart.survey_estimate IS 'One row per wave x city x item x category (group_var and group_id all: everybody). Shares are fractions of those who answered, weighted; intervals are 95 %. Suppressed: nothing of the cell is here, not even n. is_first: of the wave that stands for the city that year, a published one before a draft and a sample before an open link. is_compared: in the family of its item and year, that is a sample, the wording most cities have, everybody. rank, rank_low, rank_high among those, 1 = best, only where the aspect has a better end (satisfaction, problem, solved).';

CREATE TABLE mart.survey_pair (
  year     INTEGER NOT NULL,
  item_id  VARCHAR NOT NULL,
  city_a   VARCHAR NOT NULL,
  city_b   VARCHAR NOT NULL,
  diff     DOUBLE NOT NULL,
  se       DOUBLE NOT NULL,
  df       BIGINT NOT NULL,
  low      DOUBLE NOT NULL,
  high     DOUBLE NOT NULL,
  p        DOUBLE NOT NULL,
  p_holm   DOUBLE NOT NULL,
  PRIMARY KEY (year, item_id, city_a, city_b)
);
COMMENT ON TABLE mart.survey_pair IS 'One row per year x item x pair of compared cities, city_a before city_b: share of a minus share of b, its unadjusted 95 % interval, and the p value adjusted by Holm over all pairs of the item and year. Different cities are independent samples.';

CREATE TABLE mart.survey_change (
  city_id      VARCHAR NOT NULL,
  year         INTEGER NOT NULL,
  item_id      VARCHAR NOT NULL,
  status       VARCHAR NOT NULL CHECK (status IN ('measured', 'no_earlier_wave', 'other_question', 'not_comparable')),
  earlier_year INTEGER,
  diff         DOUBLE,
  se           DOUBLE,
  df           BIGINT,
  low          DOUBLE,
  high         DOUBLE,
  p            DOUBLE,
  p_holm       DOUBLE,
  PRIMARY KEY (city_id, year, item_id),
  CHECK ((diff IS NULL) = (status <> 'measured'))
);
COMMENT ON TABLE mart.survey_change IS 'One row per city x item x year with a sample: the change of the share since the newest earlier sample of the city, as independent samples, p adjusted by Holm over the cities of the item and year. other_question: the wording or scale changed; not_comparable: one of the two is suppressed or without an interval.';

CREATE TABLE mart.survey_gap (
  city_id      VARCHAR NOT NULL,
  year         INTEGER NOT NULL,
  wave_id      VARCHAR NOT NULL,
  item_id      VARCHAR NOT NULL,
  group_var    VARCHAR NOT NULL,
  group_id     VARCHAR NOT NULL,
  reference_id VARCHAR NOT NULL,
  status       VARCHAR NOT NULL CHECK (status IN ('measured', 'low_reliability', 'suppressed', 'not_collected')),
  diff         DOUBLE,
  se           DOUBLE,
  df           BIGINT,
  low          DOUBLE,
  high         DOUBLE,
  ratio        DOUBLE,
  ratio_low    DOUBLE,
  ratio_high   DOUBLE,
  p            DOUBLE,
  p_holm       DOUBLE,
  is_synthetic BOOLEAN NOT NULL,
  PRIMARY KEY (wave_id, city_id, item_id, group_var, group_id),
  CHECK ((diff IS NULL) = (status IN ('suppressed', 'not_collected')))
);
COMMENT ON TABLE mart.survey_gap IS 'One row per wave x city x item x category that is held against a reference: share of the category minus share of the reference, with the covariance of groups that share PSUs; ratio with its interval on the log scale. p adjusted by Holm over every gap of the city in that wave (the matrix a reader sees), satisfaction items only. Suppressed when either side is.';

CREATE TABLE mart.survey_inequality (
  city_id       VARCHAR NOT NULL,
  year          INTEGER NOT NULL,
  wave_id       VARCHAR NOT NULL,
  item_id       VARCHAR NOT NULL,
  status        VARCHAR NOT NULL CHECK (status IN ('measured', 'suppressed', 'not_collected')),
  sii           DOUBLE,
  sii_se        DOUBLE,
  sii_low       DOUBLE,
  sii_high      DOUBLE,
  sii_p         DOUBLE,
  sii_p_holm    DOUBLE,
  concentration DOUBLE,
  erreygers     DOUBLE,
  wagstaff      DOUBLE,
  max_min_gap   DOUBLE,
  is_synthetic  BOOLEAN NOT NULL,
  PRIMARY KEY (wave_id, city_id, item_id),
  CHECK ((sii IS NULL) = (status <> 'measured'))
);
COMMENT ON TABLE mart.survey_inequality IS 'One row per wave x city x satisfaction item where every income band has answers: slope index of inequality (share at the top of the income order minus at the bottom, fitted; p adjusted by Holm over the services of the city and wave), concentration index with the Erreygers and Wagstaff corrections, and the widest gap between two bands. Suppressed where a band is; not_collected where everybody is of one mind, so that there is no slope to test.';

-- ------------------------------------------------------------------ mart: public spending

CREATE TABLE mart.dim_budget_code (
  classification VARCHAR NOT NULL CHECK (classification IN ('functional', 'economic', 'revenue', 'finance_type')),
  code           VARCHAR NOT NULL,
  parent         VARCHAR,
  level          INTEGER NOT NULL,
  label_tr       VARCHAR NOT NULL,
  label_en       VARCHAR NOT NULL,
  sort_key       INTEGER NOT NULL,
  PRIMARY KEY (classification, code)
);
COMMENT ON TABLE mart.dim_budget_code IS 'One row per code of the analytical budget classification that has a name here: functional (COFOG divisions and groups), economic, revenue, finance type. unclassified stands for every code that is in none of them.';

CREATE TABLE mart.spending_row (
  city_id           VARCHAR NOT NULL,
  year              INTEGER NOT NULL,
  entity            VARCHAR NOT NULL CHECK (entity IN ('municipality', 'utility', 'company')),
  side              VARCHAR NOT NULL CHECK (side IN ('expenditure', 'revenue')),
  institutional     VARCHAR,
  functional        VARCHAR,
  finance_type      VARCHAR,
  economic          VARCHAR,
  function_id       VARCHAR NOT NULL,
  economic_id       VARCHAR NOT NULL,
  label             VARCHAR,
  initial_try       DOUBLE CHECK (initial_try >= 0),
  appropriation_try DOUBLE CHECK (appropriation_try >= 0),
  accrued_try       DOUBLE CHECK (accrued_try >= 0),
  outturn_try       DOUBLE CHECK (outturn_try >= 0),
  is_provisional    BOOLEAN NOT NULL,
  is_synthetic      BOOLEAN NOT NULL,
  row_number        BIGINT NOT NULL,
  lineage_id        BIGINT NOT NULL
);
COMMENT ON TABLE mart.spending_row IS 'One row per budget line of a received file: city x year x entity x side x codes as written (dotted, normalised), stored in the order city, year. Amounts in TRY of the year. Expenditure: initial budget, year-end appropriation, outturn. Revenue: estimate (initial), accrued, collected (outturn); code 09 (refunds) is positive and subtracted. function_id and economic_id: the codes to level II where that is known, to level I otherwise, unclassified where level I is none of the classification; revenue has function_id revenue. A measure a file does not have is NULL throughout its city, year, entity and side. lineage_id is the file; row_number its row. There is no key: a code row that stands twice refuses the file.';

CREATE TABLE mart.fact_spending (
  city_id           VARCHAR NOT NULL,
  year              INTEGER NOT NULL,
  entity            VARCHAR NOT NULL,
  side              VARCHAR NOT NULL,
  function_id       VARCHAR NOT NULL,
  economic_id       VARCHAR NOT NULL,
  initial_try       DOUBLE,
  appropriation_try DOUBLE,
  accrued_try       DOUBLE,
  outturn_try       DOUBLE,
  lines             BIGINT NOT NULL,
  is_provisional    BOOLEAN NOT NULL,
  is_synthetic      BOOLEAN NOT NULL,
  lineage_id        BIGINT NOT NULL
);
COMMENT ON TABLE mart.fact_spending IS 'One row per city x year x entity x side x function (level II at most) x economic or revenue code (level II at most): sums of mart.spending_row, in the order year, city. lines: how many budget lines are in it; lineage_id: the (first) file behind it.';

CREATE TABLE mart.spending_total (
  city_id           VARCHAR NOT NULL,
  year              INTEGER NOT NULL,
  scope             VARCHAR NOT NULL CHECK (scope IN ('own', 'utilities', 'all')),
  side              VARCHAR NOT NULL CHECK (side IN ('expenditure', 'revenue')),
  code              VARCHAR NOT NULL,
  initial_try       DOUBLE,
  appropriation_try DOUBLE,
  accrued_try       DOUBLE,
  outturn_try       DOUBLE,
  entities          VARCHAR[] NOT NULL,
  is_provisional    BOOLEAN NOT NULL,
  is_synthetic      BOOLEAN NOT NULL,
  lineage_id        BIGINT NOT NULL,
  PRIMARY KEY (city_id, year, scope, side, code)
);
COMMENT ON TABLE mart.spending_total IS 'One row per city x year x scope x side x code of level I (functions of expenditure, revenue codes of revenue), and total. scope: the municipality alone (own), with its affiliated utilities, with its companies too (all); entities are those the sum has. Refunds (revenue 09) are positive in their own row and subtracted in the total. A measure that any entity of the scope lacks is NULL.';

CREATE TABLE mart.price_level (
  year         INTEGER PRIMARY KEY,
  cpi          DOUBLE NOT NULL CHECK (cpi > 0),
  is_complete  BOOLEAN NOT NULL,
  lineage_id   BIGINT NOT NULL
);
COMMENT ON TABLE mart.price_level IS 'One row per year with a consumer price index (TUFE, yearly mean). is_complete: all twelve months are in it; only then are amounts deflated by it. real(base) = nominal x cpi(base) / cpi(year).';

CREATE TABLE mart.city_population (
  city_id     VARCHAR NOT NULL,
  year        INTEGER NOT NULL,
  population  DOUBLE CHECK (population > 0),
  status      VARCHAR NOT NULL CHECK (status IN ('own', 'province_border', 'not_own', 'not_published')),
  measured_id VARCHAR NOT NULL,
  PRIMARY KEY (city_id, year),
  CHECK ((population IS NULL) = (status IN ('not_own', 'not_published')))
);
COMMENT ON TABLE mart.city_population IS 'One row per municipality x year: the people its budget is divided by. own: published for it; province_border: a metropolitan municipality from 2014 on, whose border is that of its province; not_own: only the province has a figure, whose people are not those of the municipality, so there is no amount per head.';

CREATE TABLE mart.finance_indicator (
  city_id        VARCHAR NOT NULL,
  year           INTEGER NOT NULL,
  scope          VARCHAR NOT NULL CHECK (scope IN ('own', 'utilities', 'all')),
  indicator_id   VARCHAR NOT NULL,
  value          DOUBLE,
  numerator      DOUBLE,
  denominator    DOUBLE,
  status         VARCHAR NOT NULL CHECK (status IN ('measured', 'provisional', 'not_collected', 'not_applicable')),
  reason         VARCHAR NOT NULL CHECK (reason IN ('', 'no_initial', 'no_appropriation', 'no_outturn', 'no_accrued', 'no_revenue', 'no_expenditure', 'no_population', 'unclassified', 'zero_base', 'no_affiliate')),
  is_synthetic   BOOLEAN NOT NULL,
  lineage_id     BIGINT NOT NULL,
  PRIMARY KEY (city_id, year, scope, indicator_id),
  CHECK ((value IS NULL) = (status IN ('not_collected', 'not_applicable')))
);
COMMENT ON TABLE mart.finance_indicator IS 'One row per city x year with a budget x scope x indicator of the component spending: percentages, or TRY per head (nominal), with numerator and denominator. Those of scope own are mart.fact_value as well, in the years their indicator is expected for. unclassified: more than a twentieth of the money has no class, so that what is said by class would be too low. no_affiliate: the wider scope has no entity to add, its value is the narrower one.';

-- ------------------------------------------------------------------ mart: strategic plans

CREATE TABLE mart.dim_plan (
  plan_id      VARCHAR PRIMARY KEY,
  city_id      VARCHAR NOT NULL,
  first_year   INTEGER NOT NULL,
  last_year    INTEGER NOT NULL,
  is_synthetic BOOLEAN NOT NULL,
  lineage_id   BIGINT NOT NULL,
  UNIQUE (city_id, first_year)
);
COMMENT ON TABLE mart.dim_plan IS 'One row per strategic plan of a municipality that was received: its first and last year (both included).';

CREATE TABLE mart.plan_goal (
  plan_id  VARCHAR NOT NULL,
  goal_id  VARCHAR NOT NULL,
  label    VARCHAR NOT NULL,
  sort_key INTEGER NOT NULL,
  PRIMARY KEY (plan_id, goal_id)
);
COMMENT ON TABLE mart.plan_goal IS 'One row per plan x goal (amac), in the words of the plan.';

CREATE TABLE mart.plan_objective (
  plan_id      VARCHAR NOT NULL,
  objective_id VARCHAR NOT NULL,
  goal_id      VARCHAR NOT NULL,
  label        VARCHAR NOT NULL,
  service_id   VARCHAR,
  responsible  VARCHAR,
  sort_key     INTEGER NOT NULL,
  PRIMARY KEY (plan_id, objective_id)
);
COMMENT ON TABLE mart.plan_objective IS 'One row per plan x objective (hedef); service_id: the public service it is about, where it names one.';

CREATE TABLE mart.plan_indicator (
  plan_id       VARCHAR NOT NULL,
  indicator_id  VARCHAR NOT NULL,
  objective_id  VARCHAR NOT NULL,
  label         VARCHAR NOT NULL,
  definition    VARCHAR,
  unit          VARCHAR,
  kind          VARCHAR NOT NULL CHECK (kind IN ('level', 'annual_flow', 'maintain')),
  direction     VARCHAR NOT NULL CHECK (direction IN ('increase', 'decrease', 'maintain')),
  baseline      DOUBLE,
  weight        DOUBLE CHECK (weight >= 0),
  tolerance_pct DOUBLE CHECK (tolerance_pct >= 0),
  responsible   VARCHAR,
  sort_key      INTEGER NOT NULL,
  row_number    BIGINT NOT NULL,
  PRIMARY KEY (plan_id, indicator_id)
);
COMMENT ON TABLE mart.plan_indicator IS 'One row per plan x performance indicator (performans gostergesi): what it measures, its value at the start of the plan (baseline), its weight in the objective (hedefe etkisi, per cent). indicator_id is the code the plan gives it, not an indicator of dim_indicator. kind: a level, a yearly flow that adds up from the baseline, or a level to be kept.';

CREATE TABLE mart.plan_value (
  plan_id          VARCHAR NOT NULL,
  indicator_id     VARCHAR NOT NULL,
  year             INTEGER NOT NULL,
  target           DOUBLE,
  actual           DOUBLE,
  month            INTEGER CHECK (month BETWEEN 1 AND 12),
  value_used       DOUBLE,
  perf_raw         DOUBLE,
  perf             DOUBLE CHECK (perf BETWEEN 0 AND 100),
  status           VARCHAR NOT NULL CHECK (status IN ('ok', 'direction_conflict', 'no_target', 'not_reported', 'no_baseline')),
  is_over          BOOLEAN NOT NULL,
  is_measurable    BOOLEAN NOT NULL,
  weight_share     DOUBLE,
  band             VARCHAR CHECK (band IN ('full', 'high', 'partial', 'low')),
  deviation_reason VARCHAR,
  pace             VARCHAR CHECK (pace IN ('reached', 'on_track', 'behind')),
  path_share       DOUBLE,
  expected_share   DOUBLE,
  horizon_share    DOUBLE,
  elapsed_share    DOUBLE,
  PRIMARY KEY (plan_id, indicator_id, year)
);
COMMENT ON TABLE mart.plan_value IS 'One row per plan x performance indicator x year of the plan. target B, actual as reported, value_used C (cumulative for flows), perf_raw = 100 (C - A) / (B - A), perf the same within 0..100 for roll-ups. month: 12 for a year-end value, 1..11 for a value within the year, which has no perf and no band but a pace: path_share (how much of the way to the target of the year is done, per cent) against expected_share (how much of the year is over). horizon_share = 100 (C - A) / (target of the last year - A) beside elapsed_share of the plan. band is NULL where there is no perf or the indicator is not measurable.';

CREATE TABLE mart.plan_rollup (
  plan_id       VARCHAR NOT NULL,
  level         VARCHAR NOT NULL CHECK (level IN ('objective', 'goal', 'plan')),
  node_id       VARCHAR NOT NULL,
  year          INTEGER NOT NULL,
  n             INTEGER NOT NULL,
  n_used        INTEGER NOT NULL,
  n_unmeasurable INTEGER NOT NULL,
  coverage      DOUBLE NOT NULL,
  perf          DOUBLE,
  weights_ok    BOOLEAN,
  display       VARCHAR NOT NULL CHECK (display IN ('full', 'high', 'partial', 'low', 'insufficient')),
  PRIMARY KEY (plan_id, level, node_id, year)
);
COMMENT ON TABLE mart.plan_rollup IS 'One row per plan x node (objective, goal, the plan itself) x year: weighted mean of its indicators, plain mean of its objectives or goals. n: children; n_used: those with a value; n_unmeasurable: indicators below it that are left out because they cannot be measured; coverage: share of the weight that has a value, 0..1. Below the floor of coverage there is no perf (insufficient).';

CREATE TABLE mart.plan_finding (
  plan_id     VARCHAR NOT NULL,
  level       VARCHAR NOT NULL CHECK (level IN ('indicator', 'objective', 'goal')),
  node_id     VARCHAR NOT NULL,
  year        INTEGER,
  rule        VARCHAR NOT NULL CHECK (rule IN ('no_unit', 'no_baseline', 'no_target', 'no_definition', 'weights_not_100', 'objective_without_indicator', 'goal_without_objective', 'no_deviation_reason', 'direction_conflict')),
  is_blocking BOOLEAN NOT NULL
);
COMMENT ON TABLE mart.plan_finding IS 'One row per plan x node x (year) x lint rule that it breaks, of the kind the Court of Accounts writes about plans. is_blocking: it cannot be measured and is out of the totals; year NULL: of the plan as such.';

CREATE TABLE mart.plan_band (
  display  VARCHAR PRIMARY KEY,
  lowest   DOUBLE NOT NULL,
  sort_key INTEGER NOT NULL
);
COMMENT ON TABLE mart.plan_band IS 'One row per band of realisation, from its lowest percentage on, best first. A convention of etl/registry/plans.yml; no official bands exist.';
