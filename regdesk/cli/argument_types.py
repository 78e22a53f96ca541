"""One command-line value at a time: from text to a checked value, or a sentence on what it has to be."""

from __future__ import annotations

import csv
import math
from argparse import ArgumentTypeError
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from typing import TypeVar

from regdesk.core.types import FULL_BATCH, LAMBDA_MAXIMUM
from regdesk.data.errors import DataError
from regdesk.data.samples import sample

MOST_LAYERS = 10
MOST_UNITS = 1024
SLOWEST_STEPS_PER_SECOND = 10.0

_DELIMITER_WORDS = {"comma": ",", "semicolon": ";", "tab": "\t", "\\t": "\t"}
_LARGEST_WHOLE = 2**53

Word = TypeVar("Word", bound=str)


def choice(words: Sequence[Word]) -> Callable[[str], Word]:
    """One of ``words``."""

    def parse(text: str) -> Word:
        for word in words:
            if text == word:
                return word
        listed = f"{', '.join(words[:-1])} or {words[-1]}"
        close = get_close_matches(text.casefold(), words, n=1)
        remedy = f"did you mean {close[0]}?" if close else f"choose {listed}"
        raise ArgumentTypeError(f"'{text}' is not known; {remedy}")

    return parse


def number(what: str, low: float, high: float, reach: str) -> Callable[[str], float]:
    """A number from ``low`` to ``high``; ``reach`` says that in words."""

    def parse(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not low <= value <= high:
            raise ArgumentTypeError(f"{what} is a number {reach}, not '{text}'")
        return value

    return parse


def whole(what: str, low: int) -> Callable[[str], int]:
    """A whole number from ``low`` on."""

    def parse(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            value = low - 1
        if not low <= value <= _LARGEST_WHOLE:
            raise ArgumentTypeError(f"{what} is a whole number from {low} on, not '{text}'")
        return value

    return parse


def path(text: str) -> str:
    """A name that may be one of a file or folder: the empty one would be that of the current folder."""
    if not text:
        raise ArgumentTypeError("the name is empty; give one")
    return text


lam = number("λ", 0.0, LAMBDA_MAXIMUM, "from 0 to 1e12")


def lambdas(text: str) -> tuple[float, ...]:
    """Values of λ between commas."""
    try:
        values = tuple(lam(part) for part in text.split(","))
    except ArgumentTypeError:
        raise ArgumentTypeError(
            f"λ are numbers from 0 to 1e12 between commas, such as 1,0.1,0.01, not '{text}'"
        ) from None
    return values


def fraction(text: str) -> float:
    """At least 0 and below 1."""
    return number("a fraction", 0.0, math.nextafter(1.0, 0.0), "from 0 to below 1")(text)


def hidden(text: str) -> tuple[int, ...]:
    """Units of each hidden layer between commas; empty for none."""
    if not text.strip():
        return ()
    try:
        units = tuple(int(part) for part in text.split(","))
    except ValueError:
        units = (0,)
    if not all(1 <= one <= MOST_UNITS for one in units) or len(units) > MOST_LAYERS:
        raise ArgumentTypeError(
            f"hidden layers are whole numbers from 1 to {MOST_UNITS} between commas, such as 16,16, "
            f"at most {MOST_LAYERS} of them or \"\" for none, not '{text}'"
        )
    return units


def batch_size(text: str) -> int:
    """A number of rows, or ``FULL_BATCH`` for "full"."""
    if text == "full":
        return FULL_BATCH
    try:
        return whole("a batch size", 1)(text)
    except ArgumentTypeError:
        raise ArgumentTypeError(f"a batch size is full or a whole number from 1 on, not '{text}'") from None


def speed(text: str) -> float | None:
    """Optimiser steps a second; None for "max"."""
    if text == "max":
        return None
    try:
        return number("", SLOWEST_STEPS_PER_SECOND, 1e12, "")(text)
    except ArgumentTypeError:
        raise ArgumentTypeError(f"a speed is max or a number of steps a second from 10 on, not '{text}'") from None


def delimiter(text: str) -> str:
    """A single mark, which may be given by name."""
    mark = _DELIMITER_WORDS.get(text.casefold(), text)
    if len(mark) != 1 or mark.isalnum() or mark in "\"' \r\n.+-_":
        raise ArgumentTypeError(f"a delimiter is comma, semicolon, tab or another single mark, not '{text}'")
    return mark


def features(text: str) -> tuple[str, ...]:
    """Names of columns between commas; a name that has a comma itself stands in double quotes."""
    rows = list(csv.reader([text], skipinitialspace=True))
    names = tuple(" ".join(name.split()) for name in rows[0]) if len(rows) == 1 else ()
    if not names or not all(names):
        raise ArgumentTypeError(f"features are names of columns between commas, such as age,income, not '{text}'")
    return names


def sample_name(text: str) -> str:
    """The name of a sample that there is."""
    try:
        return sample(text).name
    except DataError as error:
        raise ArgumentTypeError(str(error).rstrip(".")) from None
