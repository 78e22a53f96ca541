"""What all panels and their plots share."""
