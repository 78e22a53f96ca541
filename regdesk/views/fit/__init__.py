"""The panel of the fit against the data."""
