"""The headless commands: text in, text out."""
