"""Pictures of panels, to be taken away."""
