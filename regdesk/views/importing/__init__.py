"""The dialog that opens a file: how it is read, what its columns are for, and what that will do."""
