"""What a person may say of how a text file is written, where the program's own detection is not to decide."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

DECIMAL_MARKS = (".", ",")
NO_QUOTE = "none"
USUAL_WORDS = "usual"
"""Among words that mean missing: those that mean it where nothing is said."""
GIVEN_KINDS = ("numeric", "categorical", "boolean", "datetime", "text")
"""Kinds that can be asked for; that a column is constant or an identifier follows from its cells."""


@dataclass(frozen=True)
class ReadingOptions:
    """How the text of a file is read; what is None, or empty for ``kinds``, is detected.

    Attributes:
        delimiter: the character between two cells, or several; a blank stands for any number of blanks, and two for two
            or more, or a tab.
        encoding: the name of a text encoding that Python knows.
        quote: the character around cells; ``NO_QUOTE`` for a file in which quotes are ordinary characters.
        decimal: one of ``DECIMAL_MARKS``.
        has_header: whether the first line that is not skipped holds the names of the columns.
        n_skipped: how many lines of the file come before the header, or before the rows where there is none.
        missing_words: the cells that are missing, besides empty ones; ``USUAL_WORDS`` stands for all that usually are.
        kinds: pairs of a column and its kind, one of ``GIVEN_KINDS``.
        more_files: other files of the same columns, whose rows are read below those of the file.
        sample_rows: how many rows are drawn and read where there are more; None for all.
        sample_seed: which rows are drawn follows from it.
        sheet: of a workbook the sheet, of a database the table, of an archive the file that is read.
    """

    delimiter: str | None = None
    encoding: str | None = None
    quote: str | None = None
    decimal: str | None = None
    has_header: bool | None = None
    n_skipped: int | None = None
    missing_words: tuple[str, ...] | None = None
    kinds: tuple[tuple[str, str], ...] = ()
    sheet: str | None = None
    more_files: tuple[str, ...] = ()
    sample_rows: int | None = None
    sample_seed: int = 0


def words_text(words: Iterable[str]) -> str:
    """``words`` as they are written for ``--missing-values``: between commas, one with a comma in quotes."""
    return ",".join('"' + word.replace('"', '""') + '"' if "," in word or '"' in word else word for word in words)


@dataclass(frozen=True)
class ReadingOffer:
    """Another reading of a file that a warning speaks of: more words that mean missing, or the kind of a column.

    Attributes:
        missing: the words, empty where a kind is offered.
        column: the column that is read as ``kind``, one of ``GIVEN_KINDS``.
    """

    missing: tuple[str, ...] = ()
    column: str = ""
    kind: str = ""

    @property
    def option(self) -> str:
        """What says so on the command line."""
        if self.kind:
            return f"--kind {self.column}={self.kind}"
        return f"--missing-values={words_text((USUAL_WORDS, *self.missing))}"

    def taken(self, reading: ReadingOptions) -> ReadingOptions:
        """``reading`` with it; what has been said before stays."""
        if self.kind:
            return replace(reading, kinds=tuple((dict(reading.kinds) | {self.column: self.kind}).items()))
        words = reading.missing_words or (USUAL_WORDS,)
        return replace(reading, missing_words=tuple(dict.fromkeys((*words, *self.missing))))
