"""How the window as a whole is looked at: layout, size of text, the control column, a lecture."""
