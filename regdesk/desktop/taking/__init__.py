"""What is taken away from a window: pictures and tables, to files or to the clipboard."""
