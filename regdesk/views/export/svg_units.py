"""Qt's SVG with every line in the units of the sheet, as wide as it is on the screen in whatever program shows it."""

from __future__ import annotations

import re

FIXED_WIDTH = 'vector-effect="non-scaling-stroke"'
"""What Qt writes where a line is wide in pixels whatever stretches its points; not every program heeds it."""
_MATRIX = re.compile(r'transform="matrix\(([^)]*)\)"')
_PAIR = re.compile(r"(-?[\d.]+(?:e[+-]?\d+)?),(-?[\d.]+(?:e[+-]?\d+)?)", re.IGNORECASE)
_RECTANGLE = re.compile(r'<rect ([^>]*)x="([^"]*)" y="([^"]*)" width="([^"]*)" height="([^"]*)"')
_POINTS = re.compile(r'\b(?:d|points)="[^"]*"')
_START = "\n<g "


def in_sheet_units(svg: str) -> str:
    """``svg`` of QSvgGenerator; the groups that have such lines lose their transform, which their points take on."""
    head, *groups = svg.split(_START)
    return _START.join([head, *(_in_sheet_units(group) if FIXED_WIDTH in group else group for group in groups)])


def _in_sheet_units(group: str) -> str:
    matrix = _MATRIX.search(group)
    if matrix is None:
        return group
    a, b, c, d, e, f = (float(number) for number in matrix[1].split(","))

    def moved(pair: re.Match[str]) -> str:
        x, y = float(pair[1]), float(pair[2])
        return f"{_short(a * x + c * y + e)},{_short(b * x + d * y + f)}"

    opening, rest = group.split(">", maxsplit=1)
    rest = _RECTANGLE.sub(_as_polygon, rest.replace(FIXED_WIDTH, ""))
    rest = _POINTS.sub(lambda points: _PAIR.sub(moved, points[0]), rest)
    return f"{_MATRIX.sub('', opening)}>{rest}"


def _as_polygon(found: re.Match[str]) -> str:
    x, y, width, height = (float(number) for number in found.groups()[1:])
    corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height))
    return f'<polygon {found[1]}points="{" ".join(f"{one!r},{other!r}" for one, other in corners)}"'


def _short(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")
