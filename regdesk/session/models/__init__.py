"""Services of models that are taken away: their files, predictions for a file, code in other languages."""
