"""What a lesson waits for, as frozen values that can say whether it is so. ``condition_parser.py`` makes them."""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from regdesk.core.lessons.figures import Asked, Figures, Type, Value

COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq, "!=": operator.ne,
}  # fmt: skip
_ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv,
}  # fmt: skip


class Expression(Protocol):
    """Part of a condition. ``value`` is None where a figure is not there yet."""

    @property
    def type(self) -> Type: ...

    def value(self, figures: Figures) -> Value | None: ...


@dataclass(frozen=True)
class Constant:
    """A number, or a word."""

    constant: float | str

    @property
    def type(self) -> Type:
        return "word" if isinstance(self.constant, str) else "number"

    def value(self, _figures: Figures) -> Value | None:
        return self.constant


@dataclass(frozen=True)
class Figure:
    """A figure or a setting, by its name."""

    name: str
    asked: Asked

    @property
    def type(self) -> Type:
        return self.asked.type

    def value(self, figures: Figures) -> Value | None:
        return figures.get(self.name)


@dataclass(frozen=True)
class Arithmetic:
    """Two numbers and the mark between them."""

    mark: str
    left: Expression
    right: Expression
    type: Type = "number"

    def value(self, figures: Figures) -> Value | None:
        left, right = self.left.value(figures), self.right.value(figures)
        if not isinstance(left, float | int) or not isinstance(right, float | int):
            return None
        try:
            return _ARITHMETIC[self.mark](left, right)
        except (ZeroDivisionError, OverflowError):
            return None


@dataclass(frozen=True)
class Comparison:
    """False as long as one of its sides is not there yet."""

    mark: str
    left: Expression
    right: Expression
    type: Type = "truth"

    def value(self, figures: Figures) -> Value | None:
        left, right = self.left.value(figures), self.right.value(figures)
        if left is None or right is None:
            return False
        if isinstance(left, str) or isinstance(right, str):
            return (left == right) == (self.mark == "=")
        return COMPARISONS[self.mark](left, right)


@dataclass(frozen=True)
class Not:
    one: Expression
    type: Type = "truth"

    def value(self, figures: Figures) -> Value | None:
        return not self.one.value(figures)


@dataclass(frozen=True)
class Joined:
    """All of ``parts`` where ``word`` is and, any of them where it is or."""

    word: str
    parts: tuple[Expression, ...]
    type: Type = "truth"

    def value(self, figures: Figures) -> Value | None:
        found = (bool(part.value(figures)) for part in self.parts)
        return all(found) if self.word == "and" else any(found)


@dataclass(frozen=True)
class Condition:
    """``text`` as it was written, and what it means."""

    text: str
    expression: Expression

    def holds(self, figures: Figures) -> bool:
        """Whether it is so at a moment with these ``figures``."""
        return bool(self.expression.value(figures))
