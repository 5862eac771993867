-- The staged lines beside the warehouse, and how many there are; loading them takes no more memory than judging them did.
SET memory_limit = '4GB';
ATTACH $staged AS staged (READ_ONLY);
SELECT count(*) AS lines FROM staged.line
