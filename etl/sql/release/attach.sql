-- The finished warehouse, to copy from.
ATTACH $warehouse AS warehouse (READ_ONLY)
