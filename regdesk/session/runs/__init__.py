"""Runs that are over and may come back."""
