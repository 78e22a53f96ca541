"""The panel of the weights."""
