"""Which moment of the run the window looks at, and what follows from going on there."""
