"""What a session keeps of its data, and what has become of them when it is opened."""
