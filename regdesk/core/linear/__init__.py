"""Linear models solved with a certificate: at one λ, along a path, and on folds."""
