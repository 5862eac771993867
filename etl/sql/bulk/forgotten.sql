-- What was kept of a csv has been sorted by now.
DROP TABLE IF EXISTS staged.arrived
