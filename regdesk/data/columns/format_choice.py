"""Which format the numbers of a column have: the one that fits most cells, and whether another fits as well."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from regdesk.core.reading_options import DECIMAL_MARKS
from regdesk.core.types import Float64s, Integers
from regdesk.data.columns.known_shapes import shapes_of, values_of_shapes
from regdesk.data.columns.number_formats import (
    MARKS,
    NumberFormat,
    Shape,
    is_currency,
    is_either,
    is_same_unit,
)

Decimal = Literal[".", ","]

_LEAST_MARKED = 3
_ENGLISH_MONEY = frozenset(("$", "£", "US$", "C$", "A$", "USD", "GBP", "AUD", "CAD", "NZD", "INR", "₹"))
_ADDRESS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}")
_LARGEST_BYTE = 255
_DECADE = re.compile("(?:1[0-9]|20)[0-9]0s")
_CERTAIN_SHARE = 0.9
"""Of the cells of a column that are numbers in the format of the others: the rest is damaged."""


@dataclass(frozen=True)
class DecimalHints:
    """What is known of the decimal mark apart from the column: ``given`` by hand, or the one ``elsewhere`` in the file.

    ``delimiter``: a file with semicolons comes from where the comma is the decimal mark.
    """

    given: str | None = None
    elsewhere: str | None = None
    delimiter: str = ","


@dataclass(frozen=True)
class ChosenFormat:
    """A format, the number of each spelling in it ``(n_levels,)``, NaN where it is none, and what speaks for it.

    ``other`` is the format that fits as well where nothing decides between the two. ``evidence`` is the decimal mark
    that the cells prove, '' where they prove none; ``used`` the one that they have. ``is_decimal_known``: the one that
    is used is given, or the other columns of the file have it.
    """

    form: NumberFormat
    values: Float64s
    other: NumberFormat | None
    evidence: str
    used: str
    is_decimal_known: bool = False


def choose_format(
    levels: Sequence[str], counts: Integers, hints: DecimalHints, check: Callable[[], None] = lambda: None
) -> ChosenFormat:
    """The format of ``levels``, stripped spellings of a column, of which there are ``counts`` ``(n_levels,)`` each.

    ``check`` is called now and then, and may raise.
    """
    every = shapes_of(levels := tuple(levels), check)
    # The 1980s are no seconds.
    if hints.given is None and (_are_addresses(every) or all(map(_DECADE.fullmatch, levels))):
        every = (None,) * len(every)
    pairs = [(group, mark) for group, mark in (("", "."), ("", ","), *MARKS) if hints.given in (None, mark)]
    if not any(every):
        # Of very many columns of words each form would be tried on nothing.
        return ChosenFormat(NumberFormat(*pairs[0]), np.full(len(every), np.nan), None, "", "")
    affix, is_before = _common_affix(every, counts)
    shapes = [
        shape if shape is not None and (not shape.affix or is_same_unit(shape.affix, affix)) else None
        for shape in every
    ]
    is_accounting = _is_accounting(every)
    found = [NumberFormat(group, mark, affix, is_before, is_accounting) for group, mark in pairs]
    values = _values_of_all(found, shapes, values_of_shapes(levels))
    weights = [int(counts[~np.isnan(one)].sum()) for one in values]
    best = [place for place, weight in enumerate(weights) if weight == max(weights)]
    bodies = [shape.body for shape in shapes if shape is not None]
    money = affix if is_currency(affix) else "()" if is_accounting else ""
    chosen, other, evidence = _decide([found[place] for place in best], bodies, hints, money)
    if other is None:
        other = _other_of_most(chosen, bodies, hints) or _other_of_few(chosen, bodies, hints)
    doubted = _doubted(chosen, bodies, hints)
    if doubted is not None:
        weight = weights[found.index(doubted)]
        is_damaged = weight >= _CERTAIN_SHARE * max(weights)
        chosen, other, evidence = (doubted, None, doubted.decimal) if is_damaged else (chosen, doubted, evidence)
    place = found.index(chosen)
    used = chosen.decimal if any(chosen.decimal in body for body in bodies) else ""
    return ChosenFormat(chosen, values[place], other, evidence, used, used in (hints.given, hints.elsewhere))


def _is_accounting(shapes: Sequence[Shape | None]) -> bool:
    """Whether brackets around some of the cells, or a minus behind them, say that these are below zero.

    Brackets around all of them may say nothing. 17.92- is how SAP and COBOL write it; 18- alone may mean 18 and less.
    """
    found = [shape for shape in shapes if shape is not None]
    if not all(shape.is_accounting for shape in found):
        return any(shape.is_accounting for shape in found)
    return all(shape.is_behind for shape in found) and any(mark in shape.body for shape in found for mark in ".,")


def _are_addresses(shapes: Sequence[Shape | None]) -> bool:
    """Whether all ``shapes`` are those of IP addresses: 192.168.100.101 looks like a number in groups."""
    bodies = [shape.body for shape in shapes if shape is not None]
    return bool(bodies) and all(
        _ADDRESS.fullmatch(body) is not None and all(int(part) <= _LARGEST_BYTE for part in body.split("."))
        for body in bodies
    )


def _doubted(chosen: NumberFormat, bodies: Sequence[str], hints: DecimalHints) -> NumberFormat | None:
    """The format without groups, where ``chosen`` has groups alone and their mark begins the decimals of other columns.

    Cells with two marks, 1.234.567, speak for groups, or are damaged.
    """
    mark = chosen.group
    if hints.given is not None or mark not in DECIMAL_MARKS or hints.elsewhere != mark:
        return None
    marked = [body for body in bodies if mark in body]
    if any(chosen.decimal in body for body in bodies) or not any(map(is_either, marked)):
        return None
    return replace(chosen, group="", decimal=mark)


def _other_of_most(chosen: NumberFormat, bodies: Sequence[str], hints: DecimalHints) -> NumberFormat | None:
    """The format with groups, where most marks may stand between thousands, and the few that may not be slips.

    Only where ``chosen`` has decimals that the rest of the file does not have.
    """
    mark = chosen.decimal
    is_strange = hints.elsewhere == "," if mark == "." else hints.elsewhere != "," and hints.delimiter != ";"
    marked = [body for body in bodies if mark in body]
    if chosen.group or hints.given is not None or not is_strange or 2 * sum(map(is_either, marked)) <= len(marked):
        return None
    return replace(chosen, group=mark, decimal="," if mark == "." else ".")


def _other_of_few(chosen: NumberFormat, bodies: Sequence[str], hints: DecimalHints) -> NumberFormat | None:
    """The format with a decimal comma, where few cells with a point make groups of commas between semicolons."""
    if (chosen.group, hints.delimiter, hints.given) != (",", ";", None) or hints.elsewhere == ".":
        return None
    marked = [body for body in bodies if "," in body]
    n_points = sum("." in body for body in bodies)
    if len(marked) < _LEAST_MARKED or not all(map(is_either, marked)) or n_points > max(1, len(marked) // 10):
        return None
    return replace(chosen, group="", decimal=",")


def _common_affix(shapes: Sequence[Shape | None], counts: Integers) -> tuple[str, bool]:
    """What stands before or behind at least half of the numbers, and whether before."""
    weights: Counter[tuple[str, bool]] = Counter()
    for shape, count in zip(shapes, counts.tolist(), strict=True):
        if shape is not None and (shape.affix or shape.body.strip("0.,")):
            # Zero needs no unit.
            weights[shape.affix, shape.is_before] += count
    for unit, is_first in list(weights):
        if (unit[:-1], is_first) in weights and is_same_unit(unit, unit[:-1]):
            # 1 day beside 2 days.
            weights[unit, is_first] += weights.pop((unit[:-1], is_first))
    named = [(count, affix) for affix, count in weights.items() if affix[0]]
    if not named:
        return "", False
    count, affix = max(named)
    return affix if 2 * count >= sum(weights.values()) else ("", False)


def _values_of_all(
    forms: Sequence[NumberFormat], shapes: Sequence[Shape | None], known: dict[NumberFormat, Float64s]
) -> list[Float64s]:
    """The numbers of ``shapes`` in each of ``forms``; those that differ in marks that stand in no cell are one."""
    characters = frozenset("".join({shape.body for shape in shapes if shape is not None}))
    alike = [form.with_marks_of(characters) for form in forms]
    wanted = [form for form in dict.fromkeys(alike) if form not in known]
    if wanted:
        present = {place: shape for place, shape in enumerate(shapes) if shape is not None}
        marked = {place: shape for place, shape in present.items() if not shape.body.isdecimal()}
        # A number without marks is the same in each form.
        plain = np.full(len(shapes), np.nan)
        _add_values(plain, wanted[0], {place: shape for place, shape in present.items() if place not in marked})
        for form in wanted:
            known[form] = plain.copy()
            _add_values(known[form], form, marked)
    return [known[form] for form in alike]


def _add_values(values: Float64s, form: NumberFormat, shapes: Mapping[int, Shape]) -> None:
    """Put into ``values`` the numbers in ``form`` of ``shapes``, by their places."""
    found = [form.value_of(shape) for shape in shapes.values()]
    # None becomes NaN.
    values[list(shapes)] = np.array(found, np.float64)


def _are_all_marked(bodies: Sequence[str], mark: str) -> bool:
    """Whether each number is 1,234 to look at, none of them round: thousands are mostly in company of smaller numbers.

    Three decimals seldom end in zero in every cell, as thousands of 500 or of 10 do.
    """
    are_round = len(bodies) >= _LEAST_MARKED and all(body.endswith("0") for body in bodies)
    return not are_round and all(mark in body and is_either(body) for body in bodies)


def _decide(
    best: list[NumberFormat], bodies: list[str], hints: DecimalHints, money: str
) -> tuple[NumberFormat, NumberFormat | None, str]:
    """Of formats that fit as many cells the likeliest, one that is as likely, and the decimal mark that is proved.

    ``money`` is the currency of the cells or their brackets, '' for neither.
    """
    for mark, rest in ((",", "."), (".", ",")):
        as_decimal = next((form for form in best if (form.group, form.decimal) == ("", mark)), None)
        as_group = next((form for form in best if (form.group, form.decimal) == (mark, rest)), None)
        if as_decimal and as_group and any(mark in body and is_either(body) for body in bodies):
            known = hints.given or hints.elsewhere
            usual = known or ("," if mark == "," and hints.delimiter == ";" else ".")
            if money and known is None:
                # Few write prices with three decimals, and none points between thousands of dollars.
                usual = "." if money in _ENGLISH_MONEY else rest
            chosen, other = (as_decimal, as_group) if usual == mark else (as_group, as_decimal)
            # Where points are decimals all over, three of them are nothing to wonder about.
            may_be_thousands = usual == "," or (known is None and hints.delimiter == ";")
            if mark == ",":
                # Between semicolons the comma may have been meant for decimals, whatever the other columns have.
                is_doubted = hints.delimiter == ";" and not money and _are_all_marked(bodies, mark)
                may_be_thousands = known is None or is_doubted
            is_open = hints.given is None and may_be_thousands
            return chosen, (other if is_open else None), ""
    chosen = best[0]
    swapped = replace(chosen, group=chosen.decimal, decimal=chosen.group) if chosen.group in DECIMAL_MARKS else None
    if swapped in best and any("," in body for body in bodies) and any("." in body for body in bodies):
        # 1,000 beside 2.000.
        known = hints.given or hints.elsewhere
        chosen, other = (swapped, chosen) if known == swapped.decimal else (chosen, swapped)
        return chosen, (other if known is None else None), ""
    marked = chosen.group in (".", ",") or any(chosen.decimal in body for body in bodies)
    return chosen, None, (chosen.decimal if marked else "")
