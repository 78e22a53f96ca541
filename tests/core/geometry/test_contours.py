"""Contours against closed forms: where a cell's line begins and ends is known from its corners alone."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from regdesk.core.geometry.contours import contour_lines
from regdesk.core.geometry.plane import PlaneGrid


def pieces_of(line):
    """The pieces of a line, without the rows of NaN between them."""
    gaps = np.flatnonzero(np.isnan(line[:, 0]))
    return [piece[np.isfinite(piece[:, 0])] for piece in np.split(line, gaps)] if len(line) else []


def segments_of(line):
    """``(n_segments, 4)``: the ends of each."""
    found = [[*one, *other] for piece in pieces_of(line) for one, other in itertools.pairwise(piece)]
    return np.array(found).reshape(-1, 4)


def largest_gap(segments, others):
    """From one of ``segments`` to the nearest of ``others``, either way round."""
    if not len(segments) or not len(others):
        return 0.0
    ways = [np.abs(segments[:, np.newaxis] - one).max(axis=2) for one in (others, others[:, [2, 3, 0, 1]])]
    return float(np.minimum(*ways).min(axis=1).max())


def cell_lines(grid, level):
    """The same segments, cell by cell, from what a cell's four corners are to ``level`` and nothing else."""
    found = []
    x, y, z = grid.x_values, grid.y_values, grid.values
    for row in range(len(y) - 1):
        for column in range(len(x) - 1):
            places = [(row, column), (row, column + 1), (row + 1, column + 1), (row + 1, column)]
            heights = [z[place] for place in places]
            if not np.isfinite(heights).all():
                continue
            crossings = {}
            for side in range(4):
                (r0, c0), (r1, c1) = places[side], places[(side + 1) % 4]
                one, other = z[r0, c0], z[r1, c1]
                if (one > level) != (other > level):
                    share = (level - one) / (other - one)
                    crossings[side] = (x[c0] + share * (x[c1] - x[c0]), y[r0] + share * (y[r1] - y[r0]))
            sides = sorted(crossings)
            if len(sides) == 4:
                # Corners of the middle's own side belong together: lines cut off the two others.
                cut = [corner for corner in range(4) if (heights[corner] > level) != (np.mean(heights) > level)]
                pairs = [((corner - 1) % 4, corner) for corner in cut]
            else:
                pairs = [tuple(sides)] if sides else []
            found += [[*crossings[one], *crossings[other]] for one, other in pairs]
    return np.array(found).reshape(-1, 4)


def grid_of(kind, seed):
    """Grids of each kind in which a tracer could go wrong."""
    generator = np.random.default_rng(seed)
    n_x, n_y = generator.integers(2, 20, 2)
    x, y = np.sort(generator.uniform(-2.0, 3.0, n_x)), np.linspace(-1.0, 1.0, n_y)
    noise = generator.normal(size=(n_y, n_x))
    if kind == "plateaus":
        noise = generator.integers(0, 4, (n_y, n_x)).astype(float)
    elif kind == "holes":
        noise[generator.uniform(size=noise.shape) < 0.1] = np.nan
        noise[generator.uniform(size=noise.shape) < 0.1] = np.inf
        noise[generator.uniform(size=noise.shape) < 0.05] = -np.inf
    elif kind == "smooth":
        noise = np.sin(4.0 * x) * np.cos(5.0 * y)[:, np.newaxis]
    return PlaneGrid(x, y, noise)


@pytest.mark.parametrize("kind", ["saddles", "plateaus", "holes", "smooth"])
def test_every_cell_has_the_lines_that_its_corners_say(kind):
    n_segments = 0
    for seed in range(12):
        grid = grid_of(kind, seed)
        levels = [-0.7, -0.11, 0.0, 0.3, 1.0, 1.5, 2.0]
        for level, line in zip(levels, contour_lines(grid, levels), strict=True):
            expected, found = cell_lines(grid, level), segments_of(line)
            assert len(found) == len(expected)
            assert max(largest_gap(found, expected), largest_gap(expected, found)) <= 1e-9
            n_segments += len(expected)
    assert n_segments > 500


def test_a_plane_has_one_straight_line():
    x, y = np.linspace(-1.0, 2.0, 13), np.linspace(0.0, 1.0, 9)
    grid = PlaneGrid(x, y, 2.0 * x - 3.0 * y[:, np.newaxis])
    (line,) = contour_lines(grid, [0.25])
    assert len(pieces_of(line)) == 1
    np.testing.assert_allclose(2.0 * line[:, 0] - 3.0 * line[:, 1], 0.25, rtol=0.0, atol=1e-12)
    # From the edge below to the right one or the upper one: y = (2x − 1/4)/3.
    ends = sorted([tuple(line[0]), tuple(line[-1])])
    np.testing.assert_allclose(ends, [(0.125, 0.0), (1.625, 1.0)], atol=1e-12)


@pytest.mark.parametrize(
    ("high", "expected"),
    [
        # The middle is high: each low corner is cut off by itself, a third of its sides away.
        (2.0, [[(0.0, 2 / 3), (1 / 3, 1.0)], [(2 / 3, 0.0), (1.0, 1 / 3)]]),
        # The middle is low: each high corner is, a sixth of its sides away.
        (0.2, [[(0.0, 1 / 6), (1 / 6, 0.0)], [(5 / 6, 1.0), (1.0, 5 / 6)]]),
    ],
)
def test_the_middle_of_a_saddle_says_which_corners_belong_together(high, expected):
    sides = np.array([0.0, 1.0])
    (line,) = contour_lines(PlaneGrid(sides, sides, np.array([[high, -1.0], [-1.0, high]])), [0.0])
    ends = sorted(sorted(map(tuple, piece.tolist())) for piece in pieces_of(line))
    np.testing.assert_allclose(ends, expected, rtol=0.0, atol=1e-12)
