"""Lessons in the window: the dock that holds one, the list of them, and what they hide."""
