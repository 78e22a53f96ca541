"""Minima of quadratics under corners and bounds: they know no rows, no loss and no λ."""
