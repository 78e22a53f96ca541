"""What is in force, and what starts, stops and chooses: the controller, and a service for each kind of work."""
