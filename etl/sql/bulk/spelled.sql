-- Every spelling of every text column, a column at a time, as Parquet keeps them: of each only its own bytes are read.
WITH every AS (
    SELECT DISTINCT 'place' AS name, place AS spelled FROM arrived
    UNION ALL SELECT DISTINCT 'period', period FROM arrived
    UNION ALL SELECT DISTINCT 'entity', entity FROM arrived
    UNION ALL SELECT DISTINCT 'side', side FROM arrived
    UNION ALL SELECT DISTINCT 'institutional', institutional FROM arrived
    UNION ALL SELECT DISTINCT 'functional', functional FROM arrived
    UNION ALL SELECT DISTINCT 'finance_type', finance_type FROM arrived
    UNION ALL SELECT DISTINCT 'economic', economic FROM arrived
    UNION ALL SELECT DISTINCT 'label', label FROM arrived
    UNION ALL SELECT DISTINCT 'unit', unit FROM arrived
    UNION ALL SELECT DISTINCT 'state', state FROM arrived
)
SELECT name, coalesce(spelled, '') AS spelled
FROM every
