"""Widgets that every part of the window is put together from."""
