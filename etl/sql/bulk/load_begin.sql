-- The staged lines beside the warehouse, and how many there are; to load them takes no more memory than to judge them.
SET memory_limit = '4GB';
ATTACH $staged AS staged (READ_ONLY);
SELECT count(*) AS lines FROM staged.line
