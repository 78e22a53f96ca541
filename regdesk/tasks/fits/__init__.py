"""What a fit of a network is made of: its starts, and what of each counts."""
