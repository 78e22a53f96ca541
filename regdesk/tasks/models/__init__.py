"""Models that are taken away: saved, opened again, looked at, and asked about the rows of a file."""
