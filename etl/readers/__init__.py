"""A file format becomes rows of cells that remember sheet and row; no reader knows the domain."""
