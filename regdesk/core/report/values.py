"""What a report is made of, before anybody lays it out: sections of paragraphs, lists, tables, pictures and code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True)
class Paragraph:
    """Sentences that belong together."""

    text: str


@dataclass(frozen=True)
class Points:
    """Sentences of which each stands for itself."""

    items: tuple[str, ...]


MOST_SHORT_ROWS = 15


@dataclass(frozen=True)
class Table:
    """Rows below a header; the first ``n_words`` columns hold words, those after them numbers.

    Attributes:
        caption: a sentence on what the table shows.
        marked: numbers of the rows that a reader looks for.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    n_words: int = 1
    marked: frozenset[int] = frozenset()

    @property
    def is_short(self) -> bool:
        """Whether it stays on one page: a row may leave out what the row above it says."""
        return len(self.rows) <= MOST_SHORT_ROWS


@dataclass(frozen=True)
class Picture:
    """A drawing as SVG of ``width`` × ``height`` in CSS pixels; ``caption`` says what it shows."""

    svg: str
    width: int
    height: int
    caption: str


@dataclass(frozen=True)
class Code:
    """Text to be copied as it stands, line by line; ``caption`` says what for.

    ``is_command``: for a shell of Unix, which goes on with the next line behind a backslash.
    """

    text: str
    caption: str = ""
    is_command: bool = False


Block: TypeAlias = Paragraph | Points | Table | Picture | Code


@dataclass(frozen=True)
class Section:
    """A heading and what stands below it."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Report:
    """All of it; ``subtitle`` is a line below the title, ``origin`` stands at the foot of every page."""

    title: str
    subtitle: str
    origin: str
    sections: tuple[Section, ...] = field(default=())


def paragraphs(sentences: Sequence[str]) -> tuple[Paragraph, ...]:
    """A paragraph of ``sentences``; none of none."""
    text = " ".join(one for one in sentences if one)
    return (Paragraph(text),) if text else ()


def points(sentences: Sequence[str]) -> tuple[Points, ...]:
    """A list of ``sentences``; none of none."""
    return (Points(tuple(sentences)),) if sentences else ()
