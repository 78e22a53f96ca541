"""The compiled engine; ``kernels`` is its face, the rest are its parts. The only rooms that know numba."""
