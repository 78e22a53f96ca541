"""What is written down of a session while it goes on, and put back when it is opened."""
