-- The spellings of the sample. A piece of a file may begin within a text: of years and units only those that rows have.
WITH used AS (
    FROM known_terms WHERE code IN (SELECT DISTINCT terms FROM staged.arrived WHERE rest IS NULL)
)
SELECT 'place' AS name, spelled FROM known_place
UNION ALL
SELECT 'institutional' AS name, spelled FROM known_institutional
UNION ALL
SELECT 'functional' AS name, spelled FROM known_functional
UNION ALL
SELECT 'economic' AS name, spelled FROM known_economic
UNION ALL
SELECT 'label' AS name, spelled FROM known_label
UNION ALL
SELECT DISTINCT 'period', period FROM used
UNION ALL
SELECT DISTINCT 'entity', entity FROM used
UNION ALL
SELECT DISTINCT 'side', side FROM used
UNION ALL
SELECT DISTINCT 'finance_type', finance_type FROM used
UNION ALL
SELECT DISTINCT 'unit', unit FROM used
UNION ALL
SELECT DISTINCT 'state', state FROM used
