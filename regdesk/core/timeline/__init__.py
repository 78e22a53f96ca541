"""The timeline of a session: what was chosen, and what touched weights or rows, each with its optimiser step."""
