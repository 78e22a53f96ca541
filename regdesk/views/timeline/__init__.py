"""Time travel as it is operated: the bar under the history, its buttons and its actions."""
