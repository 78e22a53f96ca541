"""Numbers and findings in sentences."""
