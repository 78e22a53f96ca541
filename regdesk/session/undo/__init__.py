"""Undo and redo of what a person has chosen."""
