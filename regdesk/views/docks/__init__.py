"""The panels as docks: they are closed, floated, put into tabs and laid out as the room has it."""
