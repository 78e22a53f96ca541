"""The commands about the program itself on a machine: what there is of it, and how that is cleared."""
