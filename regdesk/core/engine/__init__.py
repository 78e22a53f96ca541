"""The compiled engine; ``kernels`` is its face, the rest are its parts. The only rooms that know numba."""

# Before numba, which enters this package by one of its parts: where another thread had just begun to load it from the
# front, as the one does that splits rows, each waited for the other, and one start in some hundred on a busy machine
# ended with Python's _DeadlockError.
import numpy.random  # noqa: F401
