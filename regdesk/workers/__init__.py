"""Threads and what crosses them: QtCore only, no widgets, no choices."""
