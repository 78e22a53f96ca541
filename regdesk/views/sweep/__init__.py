"""The panel of loss versus λ."""
