"""A received survey file and its wave's declaration become the table that is estimated from."""
