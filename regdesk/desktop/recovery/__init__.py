"""What is not saved is kept every half a minute, for whoever starts the program after it did not end as it should."""
