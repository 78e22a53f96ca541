"""What the cells of a column are: numbers, dates, labels, or missing."""
