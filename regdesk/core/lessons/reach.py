"""Whether a condition can ever hold, by what is known of its figures: what is not known can be anything.

Numbers are intervals, so that "never" is certain and "can" may still turn out not to be.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from regdesk.core.lessons.conditions import Arithmetic, Comparison, Condition, Constant, Expression, Figure, Joined, Not
from regdesk.core.lessons.figures import SHORT, START, Value

Truths = frozenset[bool]
EITHER: Truths = frozenset({True, False})


@dataclass(frozen=True)
class Span:
    """A number from ``low`` to ``high``; ``is_there`` False is a figure that there never is."""

    low: float = -math.inf
    high: float = math.inf
    is_there: bool = True


ANYTHING, NEVER_THERE = Span(), Span(is_there=False)
Reach = Value | Span
"""Of a figure: its value, or from where to where it goes. A name that is missing can be anything."""
Reaches = Mapping[str, Reach]


def can_hold(condition: Condition, reaches: Reaches) -> bool:
    """Whether some figures within ``reaches``, by the full names of settings, would fulfil it."""
    return True in _truths(condition.expression, reaches)


def parts_that_never_hold(condition: Condition, reaches: Reaches) -> tuple[Expression, ...]:
    """Of what is joined by "and" each part that cannot hold; the whole where no part alone is to blame."""
    whole = condition.expression
    parts = whole.parts if isinstance(whole, Joined) and whole.word == "and" else (whole,)
    return tuple(part for part in parts if True not in _truths(part, reaches)) or (whole,)


def figures_in(expression: Expression) -> tuple[str, ...]:
    """The names that stand in it, in their order."""
    if isinstance(expression, Figure):
        return (expression.name,)
    if isinstance(expression, Arithmetic | Comparison):
        return figures_in(expression.left) + figures_in(expression.right)
    if isinstance(expression, Not):
        return figures_in(expression.one)
    parts = expression.parts if isinstance(expression, Joined) else ()
    return tuple(name for part in parts for name in figures_in(part))


def full_name(name: str) -> str:
    """The name of a figure with the whole path of a setting."""
    prefix = START if name.startswith(START) else ""
    name = name.removeprefix(START)
    return f"{prefix}{SHORT.get(name, name)}"


def _truths(expression: Expression, reaches: Reaches) -> Truths:
    """What a condition, or part of one, can be."""
    if isinstance(expression, Not):
        return frozenset(not one for one in _truths(expression.one, reaches))
    if isinstance(expression, Joined):
        found = [_truths(part, reaches) for part in expression.parts]
        is_and = expression.word == "and"
        decides = {not is_and} if any((not is_and) in one for one in found) else set[bool]()
        agrees = {is_and} if all(is_and in one for one in found) else set[bool]()
        return frozenset(decides | agrees)
    if isinstance(expression, Comparison):
        return _compared(expression, reaches)
    value = reaches.get(full_name(expression.name)) if isinstance(expression, Figure) else None
    return frozenset({value}) if isinstance(value, bool) else EITHER


def _compared(comparison: Comparison, reaches: Reaches) -> Truths:
    if comparison.left.type == "word" or comparison.right.type == "word":
        words = [_word(one, reaches) for one in (comparison.left, comparison.right)]
        return EITHER if None in words else frozenset({(words[0] == words[1]) == (comparison.mark == "=")})
    left, right = _span(comparison.left, reaches), _span(comparison.right, reaches)
    if not (left.is_there and right.is_there):
        return frozenset({False})
    can_be = {
        "<": (left.low < right.high, left.high >= right.low),
        "<=": (left.low <= right.high, left.high > right.low),
        ">": (left.high > right.low, left.low <= right.high),
        ">=": (left.high >= right.low, left.low < right.high),
    }
    overlap = left.low <= right.high and right.low <= left.high
    is_one = left.low == left.high == right.low == right.high
    can_be |= {"=": (overlap, not is_one), "!=": (not is_one, overlap)}
    can_be_so, can_be_otherwise = can_be[comparison.mark]
    return frozenset({True} if can_be_so else ()) | frozenset({False} if can_be_otherwise else ())


def _word(expression: Expression, reaches: Reaches) -> str | None:
    """None where it can be any."""
    if isinstance(expression, Constant):
        return str(expression.constant)
    value = reaches.get(full_name(expression.name)) if isinstance(expression, Figure) else None
    return value if isinstance(value, str) else None


def _span(expression: Expression, reaches: Reaches) -> Span:
    if isinstance(expression, Constant) and not isinstance(expression.constant, str):
        return Span(expression.constant, expression.constant)
    if isinstance(expression, Arithmetic):
        return _calculated(expression.mark, _span(expression.left, reaches), _span(expression.right, reaches))
    value = reaches.get(full_name(expression.name), ANYTHING) if isinstance(expression, Figure) else ANYTHING
    if isinstance(value, Span):
        return value
    # A setting that is not set is the word none: no number.
    return NEVER_THERE if isinstance(value, str) else Span(float(value), float(value))


def _calculated(mark: str, left: Span, right: Span) -> Span:
    if not (left.is_there and right.is_there):
        return NEVER_THERE
    if mark in "+-":
        low, high = (right.low, right.high) if mark == "+" else (-right.high, -right.low)
        return Span(left.low + low, left.high + high)
    if mark == "/":
        if right.low <= 0.0 <= right.high:
            return ANYTHING
        right = Span(1.0 / right.high, 1.0 / right.low)
    corners = [one * other for one in (left.low, left.high) for other in (right.low, right.high)]
    return ANYTHING if any(map(math.isnan, corners)) else Span(min(corners), max(corners))
