"""Session files: all that a session holds, written whole and checked before it is used."""
