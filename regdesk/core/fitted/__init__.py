"""Models that have left their table: how cells become inputs, and outputs predictions."""
