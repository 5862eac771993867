"""Design-based estimates from a citizen survey's microdata, equal to those of R's package `survey`."""
