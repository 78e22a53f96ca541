"""One command-line value at a time: from text to a checked value, or a sentence on what it has to be."""

from __future__ import annotations

import csv
import math
from argparse import ArgumentTypeError
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from typing import TypeVar

from regdesk.core.settings.entries import layer_units, number_within, rows_of_batch, whole_within
from regdesk.core.settings.view_table import SLOWEST_STEPS_PER_SECOND
from regdesk.core.types import LAMBDA_MAXIMUM, LARGEST_BATCH, MOST_LAYERS, MOST_UNITS
from regdesk.crews.choice import CrewChoice, crew_choice
from regdesk.data.errors import DataError
from regdesk.data.samples import sample

LEAST_FACTOR, LARGEST_FACTOR = 1e-9, 1e9
"""Of a penalty, besides 0: beyond them λ times the factor may leave all numbers."""

_DELIMITER_WORDS = {"comma": ",", "semicolon": ";", "tab": "\t", "\\t": "\t"}

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
            return number_within(text, low, high)
        except ValueError:
            raise ArgumentTypeError(f"{what} is a number {reach}, not '{text}'") from None

    return parse


def workers(text: str) -> CrewChoice:
    """``threads:N``, ``processes:N`` or ``dask:ADDRESS``."""
    try:
        return crew_choice(text)
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from None


def whole(what: str, low: int) -> Callable[[str], int]:
    """A whole number from ``low`` on."""

    def parse(text: str) -> int:
        try:
            return whole_within(text, low)
        except ValueError:
            raise ArgumentTypeError(f"{what} is a whole number from {low} on, not '{text}'") from None

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


def hidden(text: str) -> tuple[int, ...]:
    """Units of each hidden layer between commas; empty for none."""
    try:
        return layer_units(text.split(",") if text.strip() else [])
    except ValueError:
        raise ArgumentTypeError(
            f"hidden layers are whole numbers from 1 to {MOST_UNITS} between commas, such as 16,16, "
            f"at most {MOST_LAYERS} of them or \"\" for none, not '{text}'"
        ) from None


def batch_size(text: str) -> int:
    """A number of rows, or ``FULL_BATCH`` for "full"."""
    try:
        return rows_of_batch(text)
    except ValueError:
        raise ArgumentTypeError(
            f"a batch size is full or a whole number from 1 to {LARGEST_BATCH}, not '{text}'"
        ) from None


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


def penalty_factor(text: str) -> tuple[str, float]:
    """The name of a column and its penalty factor, with the last = between them."""
    name, mark, figure = text.rpartition("=")
    name = " ".join(name.split())
    try:
        factor = float(figure)
    except ValueError:
        factor = math.nan
    if not name or not mark or not (factor == 0.0 or LEAST_FACTOR <= factor <= LARGEST_FACTOR):
        raise ArgumentTypeError(
            f"a penalty factor is a column and 0 or a number from {LEAST_FACTOR:g} to {LARGEST_FACTOR:g}, "
            f"such as age=0.5, not '{text}'"
        )
    return name, factor


def sample_name(text: str) -> str:
    """The name of a sample that there is."""
    try:
        return sample(text).name
    except DataError as error:
        raise ArgumentTypeError(str(error).rstrip(".")) from None
