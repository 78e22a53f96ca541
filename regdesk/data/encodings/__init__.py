"""Which encoding a file is in, what damage it has, and in which others its words would be words too."""
