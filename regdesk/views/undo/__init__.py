"""Undo and redo as they are asked for."""
