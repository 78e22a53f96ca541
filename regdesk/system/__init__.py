"""What the program and the operating system tell each other: signals, standard error, displays, versions."""
