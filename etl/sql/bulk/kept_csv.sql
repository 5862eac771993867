-- The rows of a csv kept in the order of the file, so that it is read once: where a row stands is its number, row 1 is the
-- header. Kept, a text that comes again is looked up once, not as often as it comes.
CREATE TABLE staged.arrived AS SELECT * EXCLUDE (row_number) FROM arrived;
CREATE OR REPLACE VIEW arrived AS SELECT *, rowid + 2 AS row_number FROM staged.arrived
