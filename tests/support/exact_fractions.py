"""Linear algebra in fractions: what no rounding touches."""

from __future__ import annotations

from fractions import Fraction


def exact_solution(matrix, right):
    """Of a square system of fractions, whose leading minors are not zero."""
    matrix, right, size = [list(row) for row in matrix], list(right), len(right)
    for i in range(size):
        for k in range(i + 1, size):
            share = matrix[k][i] / matrix[i][i]
            matrix[k] = [a - share * b for a, b in zip(matrix[k], matrix[i], strict=True)]
            right[k] -= share * right[i]
    exact = [Fraction(0)] * size
    for i in reversed(range(size)):
        exact[i] = (right[i] - sum(matrix[i][j] * exact[j] for j in range(i + 1, size))) / matrix[i][i]
    return exact
