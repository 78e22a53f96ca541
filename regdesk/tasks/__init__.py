"""One whole piece of work each, from a table to a result; no Qt."""
