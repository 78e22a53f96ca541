"""Widgets and plots: they show values and emit intentions; no training, no files."""
