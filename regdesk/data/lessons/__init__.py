"""Lessons as files: those that come with the program, and those of a teacher, with the data beside them."""
