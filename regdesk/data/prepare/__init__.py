"""From a table and the user's choices to a dataset."""
