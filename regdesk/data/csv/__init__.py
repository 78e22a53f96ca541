"""A text file as a table of typed columns."""
