"""Files and tables: reading, kinds of columns, encoding, splitting, samples. No Qt."""
