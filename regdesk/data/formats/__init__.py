"""Files that are no plain text: recognised by their first bytes, and opened as the table of text that they hold."""
