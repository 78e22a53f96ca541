"""The window's side of sessions: save, save as, what is asked at closing, and of data that have changed."""
