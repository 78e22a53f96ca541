"""An SVG of Qt in parts that are drawn one after the other, so that between them others have their turn.

Qt's renderer lets no other Python code run while it draws: a network of 1,700 lines at 300 dots an inch took it 0.6 s
on a busy machine, in which the window stood still.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

MOST_ELEMENTS, MOST_LETTERS = 40, 12_000
"""Of a part: some 10 ms of drawing."""
_START = "\n<g "
_NEXT = re.compile(r"\n(?=<)")


def parts_of(svg: str) -> Iterator[str]:
    """``svg`` of QSvgGenerator as one SVG or several; drawn over each other they are the same picture.

    One with gradients, which are defined in one place and used in others, stays whole.
    """
    head, *groups = svg.split(_START)
    if "url(#" in svg or len(groups) < 2:
        yield svg
        return
    # The first group has the pen and brush to begin with, and holds all others.
    begin, end = f"{head}{_START}{groups[0]}", "\n</g>\n</svg>\n"
    part: list[str] = []
    n_letters = 0
    for opening, elements in map(_split, groups[1:]):
        for element in elements:
            part.append(f"{opening}\n{element}\n</g>")
            n_letters += len(element)
            if len(part) >= MOST_ELEMENTS or n_letters >= MOST_LETTERS:
                yield begin + "\n".join(part) + end
                part, n_letters = [], 0
    if part:
        yield begin + "\n".join(part) + end


def _split(group: str) -> tuple[str, list[str]]:
    """The opening tag of a group, and what is drawn in it."""
    attributes, rest = group.split(">", maxsplit=1)
    body = rest[: rest.index("</g>")]
    return f"<g {attributes}>", [one for one in _NEXT.split(body) if one.strip()]
