"""The desktop program: it is built and wired here, and remembers its window."""
