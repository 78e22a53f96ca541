"""The fit against the data as values: what stands still, and what moves with the model."""
