"""What is asked and shown after a program that did not end as it should."""
