"""The window around the panels: menus, toolbar, docks, lines of words, dialogs."""
