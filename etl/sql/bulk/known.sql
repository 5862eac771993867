-- The spellings in a sample of a csv, with a number each: as numbers the rows of the file are kept faster than as text.
-- What the sample does not have is kept as it is written.
CREATE TABLE seen AS
SELECT
    list(DISTINCT coalesce(place, '')) AS place,
    list(DISTINCT coalesce(institutional, '')) AS institutional,
    list(DISTINCT coalesce(functional, '')) AS functional,
    list(DISTINCT coalesce(economic, '')) AS economic,
    list(DISTINCT coalesce(label, '')) AS label,
    list(DISTINCT terms(period, entity, side, finance_type, unit, state)) AS terms
FROM sampled;
CREATE TABLE known_place AS
SELECT spelled, CAST(row_number() OVER () AS UINTEGER) AS code
FROM (SELECT unnest(place) AS spelled FROM seen);
CREATE TABLE known_institutional AS
SELECT spelled, CAST(row_number() OVER () AS UINTEGER) AS code
FROM (SELECT unnest(institutional) AS spelled FROM seen);
CREATE TABLE known_functional AS
SELECT spelled, CAST(row_number() OVER () AS UINTEGER) AS code
FROM (SELECT unnest(functional) AS spelled FROM seen);
CREATE TABLE known_economic AS
SELECT spelled, CAST(row_number() OVER () AS UINTEGER) AS code
FROM (SELECT unnest(economic) AS spelled FROM seen);
CREATE TABLE known_label AS
SELECT spelled, CAST(row_number() OVER () AS UINTEGER) AS code
FROM (SELECT unnest(label) AS spelled FROM seen);
CREATE TABLE known_terms AS
SELECT
    spelled, CAST(row_number() OVER () AS UINTEGER) AS code,
    parts[1] AS period, parts[2] AS entity, parts[3] AS side,
    parts[4] AS finance_type, parts[5] AS unit, parts[6] AS state
FROM (
    SELECT spelled, string_split(spelled, chr(31)) AS parts
    FROM (SELECT unnest(terms) AS spelled FROM seen)
)
