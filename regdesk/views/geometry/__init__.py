"""The panel of the constraint geometry."""
