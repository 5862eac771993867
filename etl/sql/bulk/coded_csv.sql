-- The rows of a csv: those told by the numbers of their texts, and those whose texts are looked up (bulk/coded.sql).
CREATE TABLE terms_of AS
SELECT
    terms.code, year_of.meant AS year, entity_of.meant AS entity, side_of.meant AS side,
    finance_type_of.meant AS finance_type, finance_type_of.levels,
    scale_of.meant AS factor, scale_of.scale, provisional_of.meant AS is_provisional
FROM known_terms AS terms
LEFT JOIN year_of ON year_of.spelled = terms.period
LEFT JOIN entity_of ON entity_of.spelled = terms.entity
LEFT JOIN side_of ON side_of.spelled = terms.side
LEFT JOIN finance_type_of ON finance_type_of.spelled = terms.finance_type
LEFT JOIN scale_of ON scale_of.spelled = terms.unit
LEFT JOIN provisional_of ON provisional_of.spelled = terms.state;
ALTER VIEW coded RENAME TO looked_up;
CREATE VIEW coded AS
SELECT
    place_of.meant AS city_id,
    terms_of.year,
    terms_of.entity,
    terms_of.side,
    functional_of.meant AS functional,
    economic_of.meant AS economic,
    institutional_of.meant AS institutional,
    terms_of.finance_type,
    label_of.meant AS label,
    kept.initial * terms_of.factor AS initial_try,
    kept.appropriation * terms_of.factor AS appropriation_try,
    kept.accrued * terms_of.factor AS accrued_try,
    kept.outturn * terms_of.factor AS outturn_try,
    terms_of.scale,
    terms_of.is_provisional,
    CAST(
        1000 * institutional_of.levels + 100 * functional_of.levels + 10 * terms_of.levels + economic_of.levels
        AS SMALLINT
    ) AS shape,
    coalesce(
        is_no_amount(kept.initial) OR is_no_amount(kept.appropriation) OR is_no_amount(kept.accrued)
        OR is_no_amount(kept.outturn), FALSE
    ) AS has_wrong_amount,
    kept.rowid + 2 AS row_number
FROM staged.arrived AS kept
LEFT JOIN (SELECT code, meant FROM known_place JOIN place_of USING (spelled)) AS place_of
    ON place_of.code = kept.place
LEFT JOIN (SELECT code, meant, levels FROM known_institutional JOIN institutional_of USING (spelled))
    AS institutional_of ON institutional_of.code = kept.institutional
LEFT JOIN (SELECT code, meant, levels FROM known_functional JOIN functional_of USING (spelled)) AS functional_of
    ON functional_of.code = kept.functional
LEFT JOIN (SELECT code, meant, levels FROM known_economic JOIN economic_of USING (spelled)) AS economic_of
    ON economic_of.code = kept.economic
LEFT JOIN (SELECT code, meant FROM known_label JOIN label_of USING (spelled)) AS label_of
    ON label_of.code = kept.label
LEFT JOIN terms_of ON terms_of.code = kept.terms
WHERE kept.rest IS NULL
UNION ALL BY NAME
FROM looked_up
