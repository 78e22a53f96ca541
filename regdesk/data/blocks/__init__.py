"""Many neighbouring rows as bytes: which cells there are, and which are the same."""
