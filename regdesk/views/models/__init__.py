"""Models that are taken away: what is in one, predictions for a file, code in another language."""
