"""Earlier moments of a run, kept so that they can be shown, and gone on from, within a bound of memory."""
