"""The control column, and the dialog about the data."""
