"""What a person changes in a table: an own copy of it, in which the file has no part."""
