"""What a run leaves behind, as values: moments, their course, and what the window is given to draw."""
