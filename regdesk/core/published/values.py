"""Numbers that others have printed, and what comes out here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from regdesk.core.types import PenaltyKind


@dataclass(frozen=True)
class PrintedRow:
    """One line of a table in a book: what it is of, and the number as it is printed there."""

    label: str
    printed: str

    @property
    def value(self) -> float:
        return float(self.printed)


def printed_rows(*lines: tuple[str, str]) -> tuple[PrintedRow, ...]:
    """From what each line is of and its number as printed."""
    return tuple(PrintedRow(label, printed) for label, printed in lines)


@dataclass(frozen=True)
class PublishedResult:
    """A table that has been printed, with what is needed to find its numbers again.

    Attributes:
        name: a word for the program; ``title`` is for people.
        sample, file: the data are a bundled sample, or a file of the program's own; the other is empty.
        target, features: the column that is predicted, and those that it is predicted from, in their order.
        degree: the highest power of each of them that is an input.
        source: who printed it, and where.
        sentence: what the numbers are, and in which units.
        penalty, lam: those of the linear model that the window shows of it.
        row_word, number_word: headings of the two columns.
        relative_tolerance: how far a number may be from the printed one and still agree; ``why_not_closer`` says
            why it is no smaller.
    """

    name: str
    title: str
    sample: str
    file: str
    target: str
    features: tuple[str, ...]
    source: str
    sentence: str
    penalty: PenaltyKind
    lam: float
    row_word: str
    number_word: str
    rows: tuple[PrintedRow, ...]
    relative_tolerance: float
    why_not_closer: str
    degree: int = 1


@dataclass(frozen=True)
class FoundRow:
    """What comes out here in the place of a printed line."""

    label: str
    value: float


@dataclass(frozen=True)
class ComparedRow:
    """A printed line, what was found in its place, and whether they agree; None where nothing was found."""

    printed: PrintedRow
    found: FoundRow | None
    agrees: bool


def compared(result: PublishedResult, found: Sequence[FoundRow]) -> tuple[ComparedRow, ...]:
    """Line by line. A number under another label is another number, however near it is."""
    rows = []
    for number, printed in enumerate(result.rows):
        here = found[number] if number < len(found) else None
        agrees = (
            here is not None
            and here.label == printed.label
            and abs(here.value - printed.value) <= result.relative_tolerance * abs(printed.value)
        )
        rows.append(ComparedRow(printed, here, agrees))
    return tuple(rows)


def summary_of(rows: Sequence[ComparedRow]) -> str:
    """How many lines agree, and how far apart the two numbers of a line are at most, in a sentence."""
    apart = [abs(row.found.value / row.printed.value - 1.0) for row in rows if row.agrees and row.found is not None]
    agreeing, total = len(apart), len(rows)
    counted = f"All {total}" if agreeing == total else f"{agreeing} of {total}"
    share = f", at most {max(apart):.0e} of their size apart" if any(apart) else ""
    return f"{counted} numbers agree with the printed ones{share}."
