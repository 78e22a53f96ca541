"""What is shown of a file before it is opened."""
