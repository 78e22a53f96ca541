"""Texts of data in a program: quoted so that they stay data, and numbers so that nobody rounds them."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Sequence

import numpy as np

from regdesk.core.types import Float64s
from regdesk.exports.plan import Plan

_NOT_IN_COMMENTS = frozenset("\\<>*?`")
"""What ends a comment, continues its line or has a meaning in C's trigraphs or in a page."""
_WIDTH = 110


def inert(text: str) -> str:
    """``text`` on one line, without anything that could end a comment; such characters as ``\\u003c``."""
    return "".join(one if one.isprintable() and one not in _NOT_IN_COMMENTS else f"\\u{ord(one):04x}" for one in text)


def head_lines(plan: Plan, how: Sequence[str]) -> list[str]:
    """What the comment at the head of a program says: where the model comes from, and ``how`` it is called."""
    return [
        *(f"{name}: {inert(text)}" for name, text in plan.facts),
        "",
        *how,
        *missing_lines(plan),
        f"The columns: {', '.join(inert(name) for name in plan.sources)}.",
    ]


def missing_lines(plan: Plan) -> list[str]:
    """What is done with cells that are missing and with labels that no training row has."""
    if plan.drops:
        return ["A row with a missing cell has no prediction, as such rows were not trained on."]
    return ["A missing cell and a label that no training row has are filled as in training."]


def hash_comment(lines: Iterable[str], mark: str = "#") -> str:
    """``lines`` as a comment of Python, R or SQL."""
    return "".join(f"{mark} {line}".rstrip() + "\n" for line in lines)


def star_comment(lines: Iterable[str]) -> str:
    """``lines`` as a comment of C or JavaScript."""
    return "/*\n" + "".join(f" * {line}".rstrip() + "\n" for line in lines) + " */\n"


def json_string(text: str) -> str:
    """``text`` as a string of Python and JavaScript, in ASCII; it ends no script of a page."""
    found = json.dumps(text)
    return found.replace("<", "\\u003c").replace(">", "\\u003e").replace("\x7f", "\\u007f")


def wrapped(parts: Iterable[str], indent: str = "    ") -> str:
    """``parts`` between commas, on lines of at most 110 characters where they are no longer themselves."""
    lines, line = [], ""
    for part in parts:
        if line and len(line) + len(part) + 2 > _WIDTH:
            lines.append(line)
            line = ""
        line += f" {part}," if line else f"{part},"
    return textwrap.indent("\n".join([*lines, line.removesuffix(",")]), indent)


def shortest(number: float) -> str:
    """``number`` with as many digits as tell it from every other: what Python and JavaScript read exactly."""
    return repr(float(number))


def hexadecimal(number: float) -> str:
    """``number`` as C99 and R read it exactly, however they round decimals."""
    return float(number).hex()


def rows_of(array: Float64s) -> list[list[float]]:
    """The rows of a matrix, or of a vector its one row."""
    return [row.tolist() for row in np.atleast_2d(array)]
