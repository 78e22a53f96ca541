"""What is trained: data made ready, losses, penalties, networks and their figures of merit."""
