"""One module per kind of submission: its contract, its validation, its staging rows; none knows another."""
