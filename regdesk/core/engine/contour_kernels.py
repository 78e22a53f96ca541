"""Marching squares, compiled: the line of one level through a grid, piece by piece."""

from __future__ import annotations

import numpy as np

from regdesk.core.engine.stored import njit


@njit(nogil=True)
def _crossing(x_values, y_values, values, level, edge, row, column):
    """Where ``level`` crosses an edge: 0 that to the right of a grid point, 1 that above it."""
    here = values[row, column]
    if edge == 0:
        share = (level - here) / (values[row, column + 1] - here)
        return x_values[column] + share * (x_values[column + 1] - x_values[column]), y_values[row]
    share = (level - here) / (values[row + 1, column] - here)
    return x_values[column], y_values[row] + share * (y_values[row + 1] - y_values[row])


@njit(nogil=True)
def _sides(values, level, row, column):
    """Pairs of sides (0 below, 1 right, 2 above, 3 left) that the line joins in one cell; -1 for none."""
    a, b = values[row, column], values[row, column + 1]
    d, c = values[row + 1, column], values[row + 1, column + 1]
    # NaN and infinity make no line.
    if not (np.isfinite(a) and np.isfinite(b) and np.isfinite(c) and np.isfinite(d)):
        return -1, -1, -1, -1
    code = (a > level) + 2 * (b > level) + 4 * (c > level) + 8 * (d > level)
    if code > 7 and code != 10:
        code = 15 - code
    if code == 0:
        return -1, -1, -1, -1
    if code == 1:
        return 3, 0, -1, -1
    if code == 2:
        return 0, 1, -1, -1
    if code == 3:
        return 3, 1, -1, -1
    if code == 4:
        return 1, 2, -1, -1
    if code == 6:
        return 0, 2, -1, -1
    if code == 7:
        return 3, 2, -1, -1
    # A saddle: the middle says which corners belong together.
    is_high = 0.25 * (a + b + c + d) > level
    if (code == 5) == is_high:
        return 0, 1, 2, 3
    return 3, 0, 1, 2


@njit(nogil=True)
def _side_key(side, row, column, n_columns):
    """The number of the edge that is a cell's ``side``: 2·(grid point) for one to the right, + 1 for one above."""
    if side == 1:
        column += 1
    elif side == 2:
        row += 1
    return 2 * (row * n_columns + column) + (1 if side == 1 or side == 3 else 0)


@njit(nogil=True)
def _draw(links, key, n_columns, x_values, y_values, values, level, points, n_points):
    """Follow the line from the edge ``key`` to its end, or round; the number of points written so far."""
    first = key
    while True:
        row, column = (key // 2) // n_columns, (key // 2) % n_columns
        points[n_points] = _crossing(x_values, y_values, values, level, key % 2, row, column)
        n_points += 1
        following = -1
        for slot in range(2):
            other = links[key, slot]
            if other >= 0:
                following = other
                links[key, slot] = -1
                for back in range(2):
                    if links[other, back] == key:
                        links[other, back] = -1
                        break
                break
        if following < 0:
            return n_points
        key = following
        if key == first:
            row, column = (key // 2) // n_columns, (key // 2) % n_columns
            points[n_points] = _crossing(x_values, y_values, values, level, key % 2, row, column)
            return n_points + 1


@njit(nogil=True, cache=True)
def trace(x_values, y_values, values, level, links, points):
    """The line where ``values`` ``(n_y, n_x)``, bilinear on edges, equal ``level``; the number of points written.

    ``points`` ``(n, 2)``, pieces apart by a row of NaN; a closed piece ends where it begins. ``links``
    ``(2·n_y·n_x, 2)`` is scratch.
    """
    n_rows, n_columns = values.shape
    for key in range(len(links)):
        links[key, 0] = links[key, 1] = -1
    for row in range(n_rows - 1):
        for column in range(n_columns - 1):
            sides = _sides(values, level, row, column)
            for pair in range(2):
                if sides[2 * pair] >= 0:
                    one = _side_key(sides[2 * pair], row, column, n_columns)
                    other = _side_key(sides[2 * pair + 1], row, column, n_columns)
                    links[one, 0 if links[one, 0] < 0 else 1] = other
                    links[other, 0 if links[other, 0] < 0 else 1] = one
    n_points = 0
    # Open pieces from their ends first; what is left then is closed.
    for wanted in range(2):
        for key in range(len(links)):
            is_start = links[key, 0] >= 0 or links[key, 1] >= 0
            if is_start and wanted == 0:
                is_start = links[key, 0] < 0 or links[key, 1] < 0
            if is_start:
                if n_points:
                    points[n_points] = np.nan
                    n_points += 1
                n_points = _draw(links, key, n_columns, x_values, y_values, values, level, points, n_points)
    return n_points
