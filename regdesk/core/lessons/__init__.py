"""Lessons: what a lesson is, how its text is read, what it waits for, and how far a reader has got."""
