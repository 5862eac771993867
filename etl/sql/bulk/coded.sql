-- The rows of the file in codes and in lira. shape: how many levels its codes have; of two rows of one shape none is a
-- part of the other.
CREATE VIEW coded AS
SELECT
    place_of.meant AS city_id,
    year_of.meant AS year,
    entity_of.meant AS entity,
    side_of.meant AS side,
    functional_of.meant AS functional,
    economic_of.meant AS economic,
    institutional_of.meant AS institutional,
    finance_type_of.meant AS finance_type,
    label_of.meant AS label,
    arrived.initial * scale_of.meant AS initial_try,
    arrived.appropriation * scale_of.meant AS appropriation_try,
    arrived.accrued * scale_of.meant AS accrued_try,
    arrived.outturn * scale_of.meant AS outturn_try,
    scale_of.scale,
    provisional_of.meant AS is_provisional,
    CAST(
        1000 * institutional_of.levels + 100 * functional_of.levels + 10 * finance_type_of.levels + economic_of.levels
        AS SMALLINT
    ) AS shape,
    coalesce(
        is_no_amount(arrived.initial) OR is_no_amount(arrived.appropriation) OR is_no_amount(arrived.accrued)
        OR is_no_amount(arrived.outturn), FALSE
    ) AS has_wrong_amount,
    arrived.row_number AS row_number
FROM arrived
LEFT JOIN place_of ON place_of.spelled = coalesce(arrived.place, '')
LEFT JOIN year_of ON year_of.spelled = coalesce(arrived.period, '')
LEFT JOIN entity_of ON entity_of.spelled = coalesce(arrived.entity, '')
LEFT JOIN side_of ON side_of.spelled = coalesce(arrived.side, '')
LEFT JOIN institutional_of ON institutional_of.spelled = coalesce(arrived.institutional, '')
LEFT JOIN functional_of ON functional_of.spelled = coalesce(arrived.functional, '')
LEFT JOIN finance_type_of ON finance_type_of.spelled = coalesce(arrived.finance_type, '')
LEFT JOIN economic_of ON economic_of.spelled = coalesce(arrived.economic, '')
LEFT JOIN label_of ON label_of.spelled = coalesce(arrived.label, '')
LEFT JOIN scale_of ON scale_of.spelled = coalesce(arrived.unit, '')
LEFT JOIN provisional_of ON provisional_of.spelled = coalesce(arrived.state, '')
