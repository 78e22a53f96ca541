"""The panel of the weights along λ."""
