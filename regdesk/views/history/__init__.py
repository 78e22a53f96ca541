"""The panel of losses over time."""
