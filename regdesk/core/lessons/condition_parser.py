"""A small language for what a lesson waits for, such as ``lam >= 0.01 and validation_loss < 0.3``.

It compares figures with numbers, words and each other, and joins comparisons with and, or, not; figures can be added,
subtracted, multiplied and divided. It is parsed into frozen values that calculate and do nothing else: no text of a
lesson is ever run.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from regdesk.core.lessons.conditions import (
    COMPARISONS,
    Arithmetic,
    Comparison,
    Condition,
    Constant,
    Expression,
    Figure,
    Joined,
    Not,
)
from regdesk.core.lessons.figures import NONE, START, WEIGHT, Asked, asked, close_name
from regdesk.core.settings.setting_kinds import Choice

LONGEST = 500
"""Characters of a condition."""
DEEPEST = 20
"""Parentheses, minus signs and nots within each other."""
_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)"
    r"|(?P<weight>(?:start\.)?weight\((?P<column>[^()]*)\))"
    r"|(?P<name>[A-Za-z_][\w.-]*)"
    r"|(?P<text>\"[^\"]*\")"
    r"|(?P<mark><=|>=|!=|==|[<>=+*/()−-]))"
)


class BadCondition(ValueError):
    """``str()`` is a sentence on what is wrong with it."""


def condition_of(text: str) -> Condition:
    """What ``text`` means. Raises BadCondition unless it is something that can be so or not."""
    expression = _Parser(text).whole()
    if expression.type != "truth":
        raise BadCondition(f"'{text}' is a {expression.type} and no condition; compare it, as in {text.strip()} > 1")
    return Condition(text, expression)


def number_expression(text: str) -> Expression:
    """A number, a figure, or several of them calculated with. Raises BadCondition for anything else."""
    expression = _Parser(text).whole()
    if expression.type != "number":
        raise BadCondition(f"'{text}' is a {expression.type}, and a number is wanted")
    return expression


class _Parser:
    """Recursive descent: or, and, not, comparison, sum, product, sign, one."""

    def __init__(self, text: str) -> None:
        if len(text) > LONGEST:
            raise BadCondition(f"it has {len(text)} characters, and at most {LONGEST} may be")
        self._tokens = list(_tokens(text))
        self._place = self._depth = 0

    def whole(self) -> Expression:
        found = self._or()
        if self._place < len(self._tokens):
            raise BadCondition(f"'{self._tokens[self._place][1]}' is not expected there")
        return found

    def _takes(self, *words: str) -> str:
        """The next token if it is one of ``words``, which is passed over; else empty."""
        kind, token = self._tokens[self._place] if self._place < len(self._tokens) else ("", "")
        if token not in words or kind == "text":
            return ""
        self._place += 1
        return token

    def _or(self) -> Expression:
        return self._joined("or", self._and)

    def _and(self) -> Expression:
        return self._joined("and", self._not)

    def _joined(self, word: str, part: Callable[[], Expression]) -> Expression:
        parts = [part()]
        while self._takes(word):
            parts.append(part())
        if len(parts) == 1:
            return parts[0]
        for one in parts:
            if one.type != "truth":
                raise BadCondition(f"'{word}' stands between conditions, and a {one.type} is none")
        return Joined(word, tuple(parts))

    def _not(self) -> Expression:
        if not self._takes("not"):
            return self._comparison()
        one = self._deeper(self._not)
        if one.type != "truth":
            raise BadCondition(f"'not' stands before a condition, and a {one.type} is none")
        return Not(one)

    def _comparison(self) -> Expression:
        left = self._sum()
        mark = self._takes("==", *COMPARISONS)
        if not mark:
            return left
        mark = "=" if mark == "==" else mark
        right = self._compared_with(left) if mark in ("=", "!=") else self._sum()
        for one in (left, right):
            if mark not in ("=", "!=") and one.type != "number":
                raise BadCondition(f"'{mark}' compares numbers, and a {one.type} is none")
        if "truth" in (left.type, right.type):
            raise BadCondition("what is true or not is not compared: write it alone, or with 'not' before it")
        return Comparison(mark, left, right)

    def _compared_with(self, left: Expression) -> Expression:
        """The right side of = and !=, where a name that is no figure is a word."""
        kind, token = self._tokens[self._place] if self._place < len(self._tokens) else ("", "")
        is_word = kind == "text" or (kind == "name" and asked(token) is None)
        if not is_word or not isinstance(left, Figure):
            right = self._sum()
            if left.type != right.type:
                raise BadCondition(f"a {left.type} is compared with a {right.type}")
            return right
        self._place += 1
        word = token.strip('"')
        allowed = left.asked.kind
        if isinstance(allowed, Choice) and word != NONE and word not in allowed.words:
            raise BadCondition(f"{left.name} is one of {', '.join(allowed.words)}, and never '{word}'")
        if left.type == "number" and not (allowed is not None and allowed.is_optional and word == NONE):
            raise BadCondition(_unknown(token) if kind == "name" else f"{left.name} is a number, and '{word}' is none")
        return Constant(word)

    def _sum(self) -> Expression:
        return self._arithmetic(("+", "-", "−"), self._product)

    def _product(self) -> Expression:
        return self._arithmetic(("*", "/"), self._signed)

    def _arithmetic(self, marks: tuple[str, ...], part: Callable[[], Expression]) -> Expression:
        found = part()
        while mark := self._takes(*marks):
            right = part()
            for one in (found, right):
                if one.type != "number":
                    raise BadCondition(f"'{mark}' calculates with numbers, and a {one.type} is none")
            found = Arithmetic(mark.replace("−", "-"), found, right)
        return found

    def _signed(self) -> Expression:
        if not self._takes("-", "−"):
            return self._one()
        one = self._deeper(self._signed)
        if one.type != "number":
            raise BadCondition(f"'-' stands before a number, and a {one.type} is none")
        return Arithmetic("-", Constant(0.0), one)

    def _one(self) -> Expression:
        if self._takes("("):
            found = self._deeper(self._or)
            if not self._takes(")"):
                raise BadCondition("a parenthesis is not closed")
            return found
        if self._place == len(self._tokens):
            raise BadCondition("it ends where something is missing")
        kind, token = self._tokens[self._place]
        self._place += 1
        if kind == "number":
            return Constant(float(token))
        if kind == "text":
            return Constant(token.strip('"'))
        if kind == "weight":
            return Figure(token, Asked("number"))
        if kind != "name" or token in ("and", "or", "not"):
            raise BadCondition(f"'{token}' is not expected there")
        known = asked(token)
        if known is None:
            raise BadCondition(_unknown(token))
        return Figure(token, known)

    def _deeper(self, part: Callable[[], Expression]) -> Expression:
        self._depth += 1
        if self._depth > DEEPEST:
            raise BadCondition(f"more than {DEEPEST} parentheses, signs or nots stand within each other")
        found = part()
        self._depth -= 1
        return found


def _tokens(text: str) -> list[tuple[str, str]]:
    """Kind and text of each token. Raises BadCondition for what is none."""
    found, place, text = [], 0, text.rstrip()
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None:
            raise BadCondition(f"'{text[place:].strip()[:20]}' is not understood")
        place = match.end()
        kind = next(name for name in ("number", "weight", "name", "text", "mark") if match.group(name) is not None)
        token = match.group(kind)
        if kind == "weight":
            prefix = START if token.startswith(START) else ""
            column = match.group("column").strip().strip('"')
            if not column:
                raise BadCondition("weight() names no column")
            token = f"{prefix}{WEIGHT}({column})"
        found.append((kind, token))
    return found


def _unknown(name: str) -> str:
    close = close_name(name)
    return f"there is no figure {name}" + (f"; did you mean {close}?" if close else "")
