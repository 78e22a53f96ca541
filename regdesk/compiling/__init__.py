"""The cache of the compiled engine, and what fills it."""
