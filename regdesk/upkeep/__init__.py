"""What the program keeps on a machine: where, whether it is sound, how much, and how it is cleared; no Qt."""
