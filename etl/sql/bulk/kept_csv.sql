-- The rows of a csv kept in the order of the file, so that it is read once: where a row stands is its number, and row 1
-- is the header. A text is kept as its number; the texts of a row with an unknown one are kept beside it (rest).
CREATE TABLE staged.arrived AS
SELECT
    known_place.code AS place,
    known_institutional.code AS institutional,
    known_functional.code AS functional,
    known_economic.code AS economic,
    known_label.code AS label,
    known_terms.code AS terms,
    CASE
        WHEN known_place.code IS NULL OR known_institutional.code IS NULL OR known_functional.code IS NULL
            OR known_economic.code IS NULL OR known_label.code IS NULL OR known_terms.code IS NULL
        THEN [
            arrived.place, arrived.period, arrived.entity, arrived.side, arrived.institutional, arrived.functional,
            arrived.finance_type, arrived.economic, arrived.label, arrived.unit, arrived.state
        ]
    END AS rest,
    arrived.initial, arrived.appropriation, arrived.accrued, arrived.outturn
FROM arrived
LEFT JOIN known_place ON known_place.spelled = coalesce(arrived.place, '')
LEFT JOIN known_institutional ON known_institutional.spelled = coalesce(arrived.institutional, '')
LEFT JOIN known_functional ON known_functional.spelled = coalesce(arrived.functional, '')
LEFT JOIN known_economic ON known_economic.spelled = coalesce(arrived.economic, '')
LEFT JOIN known_label ON known_label.spelled = coalesce(arrived.label, '')
LEFT JOIN known_terms
    ON known_terms.spelled = terms(
        arrived.period, arrived.entity, arrived.side, arrived.finance_type, arrived.unit, arrived.state
    );
-- What cannot be told by its numbers is looked up by its texts, as the rows of Parquet are.
CREATE OR REPLACE VIEW arrived AS
SELECT
    rest[1] AS place, rest[2] AS period, rest[3] AS entity, rest[4] AS side,
    rest[5] AS institutional, rest[6] AS functional, rest[7] AS finance_type, rest[8] AS economic,
    rest[9] AS label, rest[10] AS unit, rest[11] AS state,
    initial, appropriation, accrued, outturn,
    rowid + 2 AS row_number
FROM staged.arrived
WHERE rest IS NOT NULL
