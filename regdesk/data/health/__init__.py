"""What is certain and worth knowing about a table before a model is fitted to it, in plain sentences."""
