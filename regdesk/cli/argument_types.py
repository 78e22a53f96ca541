"""One command-line value at a time: from text to a checked value, or a sentence on what it has to be.

Bounds are those of the value's kind in the table of settings.
"""

from __future__ import annotations

import csv
from argparse import ArgumentTypeError
from collections.abc import Callable, Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import Any, TypeVar

from regdesk.core.settings.column_roles import ROLES
from regdesk.core.settings.entries import layer_units, number_of, rows_of_batch, whole_of
from regdesk.core.settings.setting import Setting
from regdesk.core.settings.setting_kinds import (
    MOST_QUOTED,
    Choice,
    EncodingName,
    Kind,
    Mark,
    Named,
    Number,
    OutOfReach,
    Several,
    Text,
    Whole,
)
from regdesk.core.settings.settings_table import setting_at
from regdesk.core.settings.text_kinds import QuoteMark
from regdesk.core.types import COLUMN_ROLES, LARGEST_BATCH, MOST_LAYERS, MOST_UNITS
from regdesk.crews.choice import CrewChoice, crew_choice
from regdesk.data.errors import listing, shorten
from regdesk.data.samples import samples

REPLACED = "a file that is there is replaced, at a terminal after a question"
"""Of what a command writes."""

_DELIMITER_WORDS = {
    "comma": ",", "semicolon": ";", "tab": "\t", "\\t": "\t", "pipe": "|", "bar": "|", "colon": ":", "tilde": "~",
    "caret": "^", "blank": " ", "blanks": " ", "space": " ", "spaces": " ", "whitespace": " ",
    "two blanks or more": "  ",
}  # fmt: skip

Word = TypeVar("Word", bound=str)


def _of_kind(kind: Kind, read: Callable[[str], Any], sentence: str) -> Callable[[str], Any]:
    """What ``read`` makes of a text, if it is of ``kind``; ``sentence`` says what it has to be."""

    def parse(text: str) -> Any:
        try:
            return kind.check(read(text))
        except ValueError as problem:
            detail = f": it {problem}" if isinstance(problem, OutOfReach) and str(problem) else ""
        raise ArgumentTypeError(f"{sentence}, not {shorten(text, MOST_QUOTED)}{detail}")

    return parse


def choice(words: Sequence[Word]) -> Callable[[str], Word]:
    """One of ``words``."""

    def parse(text: str) -> Word:
        for word in words:
            if text == word:
                return word
        listed = f"{', '.join(words[:-1])} or {words[-1]}"
        close = get_close_matches(text.casefold(), words, n=1)
        remedy = f"did you mean {close[0]}?" if close else f"choose {listed}"
        raise ArgumentTypeError(f"{shorten(text, MOST_QUOTED)} is not known; {remedy}")

    return parse


def number(what: str, kind: Number | Whole) -> Callable[[str], Any]:
    """A number of ``kind``, whole or not; ``what`` it is of, in words."""
    read = whole_of if isinstance(kind, Whole) else number_of
    return _of_kind(kind, read, f"{what} is {replace(kind, is_optional=False).reach}")


def lambda_rule(text: str) -> str | float:
    """``best``, ``1se`` or a λ."""
    found = text.strip()
    if found in ("best", "1se"):
        return found
    try:
        return float(lam(found))
    except ArgumentTypeError:
        raise ArgumentTypeError(f"it must be best, 1se or a λ, not {shorten(text, MOST_QUOTED)}") from None


def workers(text: str) -> CrewChoice:
    """``threads:N``, ``processes:N`` or ``dask:ADDRESS``."""
    try:
        return crew_choice(text)
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from None


def path(text: str) -> str:
    """A name that may be one of a file or folder: the empty one would be that of the current folder."""
    if not text:
        raise ArgumentTypeError("the name is empty; give one")
    if text == "-":
        raise ArgumentTypeError("- is no file here; give the name of one (./- where it is called so)")
    return text


def path_or_output(text: str) -> str | None:
    """As ``path``; None for -, which is standard output."""
    return None if text == "-" else path(text)


def name(kind: Text) -> Callable[[str], str]:
    """A name of ``kind``, with whatever characters."""

    def parse(text: str) -> str:
        try:
            found: str = kind.check(path(text))
        except OutOfReach as problem:
            too_long = f"a name has at most {kind.most} characters, and this one has {len(text)}"
            raise ArgumentTypeError(f"it {problem}" if str(problem) else too_long) from None
        return found

    return parse


lam = number("λ", setting_at("training.lam").kind)  # type: ignore[arg-type]


def lambdas(kind: Several) -> Callable[[str], tuple[float, ...]]:
    """Values of λ between commas, as many as ``kind`` has room for."""
    assert isinstance(kind.one, Number)
    reach = kind.one.reach.replace("a number", "numbers")
    sentence = f"λ are {reach} between commas, at most {kind.most} of them, such as 1,0.1,0.01"
    return _of_kind(kind, lambda text: [number_of(part) for part in text.split(",")], sentence)


def hidden(text: str) -> tuple[int, ...]:
    """Units of each hidden layer between commas; empty for none."""
    try:
        return layer_units(text.split(",") if text.strip() else [])
    except ValueError:
        raise ArgumentTypeError(
            f"hidden layers are whole numbers from 1 to {MOST_UNITS} between commas, such as 16,16, "
            f'at most {MOST_LAYERS} of them or "" for none, not {shorten(text, MOST_QUOTED)}'
        ) from None


def batch_size(text: str) -> int:
    """A number of rows, or 0 for "full"."""
    try:
        return rows_of_batch(text)
    except ValueError:
        raise ArgumentTypeError(
            f"a batch size is full or a whole number from 1 to {LARGEST_BATCH}, not {shorten(text, MOST_QUOTED)}"
        ) from None


def speed(kind: Number) -> Callable[[str], float | None]:
    """Optimiser steps a second; None for "max"."""
    reach = replace(kind, is_optional=False).reach.replace("a number", "a number of steps a second")
    return _of_kind(kind, lambda text: None if text == "max" else number_of(text), f"a speed is max or {reach}")


def delimiter(kind: Mark) -> Callable[[str], str]:
    """A mark, which may be given by name."""
    sentence = f"a delimiter is comma, semicolon, tab, blank or another mark, of up to {kind.most} characters"
    return _of_kind(kind, lambda text: _DELIMITER_WORDS.get(text.casefold(), text), sentence)


def quote(kind: QuoteMark) -> Callable[[str], str]:
    """What stands around cells, or the word for nothing."""
    return _of_kind(kind, lambda text: text, f"a quote is {replace(kind, is_optional=False).reach}")


def encoding(kind: EncodingName) -> Callable[[str], str]:
    """The name of a text encoding."""
    return _of_kind(kind, lambda text: text, f"an encoding is {replace(kind, is_optional=False).reach}")


def words(what: str, kind: Several) -> Callable[[str], tuple[str, ...]]:
    """Words or names of columns between commas; one that has a comma itself stands in double quotes.

    ``what`` they are, in words; where it is empty they are features.
    """
    sentence = f"{what} are words between commas, such as NA,-999"
    if not what:
        sentence = "features are names of columns between commas, such as age,income"
    return _of_kind(kind, _names, sentence)


def _names(text: str) -> tuple[str, ...]:
    try:
        rows = list(csv.reader([text], skipinitialspace=True))
    except csv.Error as error:
        raise ValueError(text) from error
    if len(rows) != 1 or not rows[0]:
        raise ValueError(text)
    return tuple(" ".join(name.split()) for name in rows[0])


def penalty_factor(text: str) -> tuple[str, float]:
    """The name of a column and its penalty factor, with the last = between them."""
    kind = setting_at("data.penalty_factors").kind
    assert isinstance(kind, Several)
    reach = kind.one.reach.removeprefix("a name and ")
    found: tuple[str, float] = _of_kind(
        kind.one, _name_and_number, f"a penalty factor is a column and {reach}, such as age=0.5"
    )(text)
    return found


def said_kind(setting: Setting) -> Kind:
    """The kind of what can be said of ``setting``: also the roles that are kept as settings of their own, because only
    one column can have each.
    """
    kind = setting.kind
    if setting.path != ROLES:
        return kind
    assert isinstance(kind, Several)
    return replace(kind, one=Named(one=Choice(words=COLUMN_ROLES)))


def word_of_column(setting: Setting) -> Callable[[str], tuple[str, str]]:
    """The name of a column and one word of several, with the last = between them: its kind, or its role."""
    kind, option = said_kind(setting), setting.option
    assert isinstance(kind, Several)
    assert option is not None
    named = kind.one
    reach = named.reach.removeprefix("a name and ")
    example = "zip=ignored" if setting.path == ROLES else "zip=text"
    return _of_kind(named, _name_and_word, f"{option.what} is a column and {reach}, such as {example}")


def changed_cell(setting: Setting) -> Callable[[str], tuple[str, str]]:
    """Row and column of a cell, and what is in it, with the last = between them."""
    kind, option = setting.kind, setting.option
    assert isinstance(kind, Several)
    assert option is not None
    return _of_kind(
        kind.one, _name_and_word, f"{option.what} is a row from 1 on, a column and a value, such as 12:size=3.5"
    )


def _name_and_word(text: str) -> tuple[str, str]:
    name, _, word = text.rpartition("=")
    return " ".join(name.split()), word.strip()


def _name_and_number(text: str) -> tuple[str, float]:
    name, _, figure = text.rpartition("=")
    return " ".join(name.split()), number_of(figure)


def sample_name(text: str) -> str:
    """The name of a sample that there is."""
    known = [one.name for one in samples()]
    if text not in known:
        raise ArgumentTypeError(f"there is no sample {shorten(text, MOST_QUOTED)}; the samples are {listing(known)}")
    return text
