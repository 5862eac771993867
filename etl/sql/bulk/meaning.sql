-- What each spelling means (the frame `meaning`), as short codes in the order of what they stand for.
-- A spelling that means nothing has no code; its rows are looked at one by one.
CREATE TYPE staged.entity AS ENUM ('company', 'municipality', 'utility');
CREATE TYPE staged.side AS ENUM ('expenditure', 'revenue');
CREATE TYPE staged.place AS ENUM (
    SELECT DISTINCT meant FROM meaning WHERE name = 'place' AND meant <> '' ORDER BY meant
);
CREATE TYPE staged.institutional AS ENUM (
    SELECT DISTINCT coalesce(meant, '') AS meant FROM meaning WHERE name = 'institutional' ORDER BY meant
);
CREATE TYPE staged.functional AS ENUM (
    SELECT DISTINCT coalesce(meant, '') AS meant FROM meaning WHERE name = 'functional' ORDER BY meant
);
CREATE TYPE staged.finance_type AS ENUM (
    SELECT DISTINCT coalesce(meant, '') AS meant FROM meaning WHERE name = 'finance_type' ORDER BY meant
);
CREATE TYPE staged.economic AS ENUM (
    SELECT DISTINCT coalesce(meant, '') AS meant FROM meaning WHERE name = 'economic' ORDER BY meant
);
CREATE TYPE staged.scale AS ENUM (
    SELECT DISTINCT coalesce(meant, '') AS meant FROM meaning WHERE name = 'unit'
);
CREATE TYPE staged.label AS ENUM (
    SELECT DISTINCT coalesce(meant, '') AS meant FROM meaning WHERE name = 'label' ORDER BY meant
);
CREATE TABLE place_of AS
SELECT spelled, CAST(meant AS staged.place) AS meant FROM meaning WHERE name = 'place';
CREATE TABLE year_of AS
SELECT spelled, CAST(meant AS SMALLINT) AS meant FROM meaning WHERE name = 'period';
CREATE TABLE entity_of AS
SELECT spelled, CAST(meant AS staged.entity) AS meant FROM meaning WHERE name = 'entity';
CREATE TABLE side_of AS
SELECT spelled, CAST(meant AS staged.side) AS meant FROM meaning WHERE name = 'side';
CREATE TABLE institutional_of AS
SELECT spelled, CAST(meant AS staged.institutional) AS meant, levels(meant) AS levels
FROM meaning WHERE name = 'institutional';
CREATE TABLE functional_of AS
SELECT spelled, CAST(meant AS staged.functional) AS meant, levels(meant) AS levels
FROM meaning WHERE name = 'functional';
CREATE TABLE finance_type_of AS
SELECT spelled, CAST(meant AS staged.finance_type) AS meant, levels(meant) AS levels
FROM meaning WHERE name = 'finance_type';
CREATE TABLE economic_of AS
SELECT spelled, CAST(meant AS staged.economic) AS meant, levels(meant) AS levels
FROM meaning WHERE name = 'economic';
CREATE TABLE label_of AS
SELECT spelled, CAST(meant AS staged.label) AS meant FROM meaning WHERE name = 'label';
CREATE TABLE scale_of AS
SELECT spelled, CAST(meant AS DOUBLE) AS meant, CAST(meant AS staged.scale) AS scale
FROM meaning WHERE name = 'unit';
CREATE TABLE provisional_of AS
SELECT spelled, CAST(meant AS BOOLEAN) AS meant FROM meaning WHERE name = 'state'
