"""Closed-off processes: the only ones that decode what comes from strangers."""
