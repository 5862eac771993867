-- Which bodies each scope of a budget takes in.
CREATE TEMP TABLE budget_scope AS
FROM (VALUES
    ('own', 'municipality'),
    ('utilities', 'municipality'), ('utilities', 'utility'),
    ('all', 'municipality'), ('all', 'utility'), ('all', 'company')
) AS scopes (scope, entity)
