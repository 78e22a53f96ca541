"""How the text of a file is laid out: what stands between cells, around them and before them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from regdesk.data.csv.line_mending import BLANK, LineMender
from regdesk.data.csv.row_shape import RowShape


@dataclass(frozen=True)
class Layout:
    """What has been said or found of a file, enough to split it into records.

    Attributes:
        delimiter: the character between cells; a blank stands for any number of blanks.
        quote: what stands around cells; empty where quotes are ordinary characters.
        has_header: whether the first record after ``n_skipped`` lines holds names.
        mends_c1: whether characters from U+0080 to U+009F are read as those of cp1252.
        has_backslashes: whether a backslash takes the meaning from the quote or delimiter after it.
        n_header_rows: how many records the names are written in, one below the other.
        has_row_names: whether the header lacks a name for the first column.
        has_quoted_row_names: whether the first cell of each row stands in quotes where the header lacks a name for it.
        n_columns: how many the rows have, as far as that is known; a header may have empty cells more.
        header_mark: what stands before the header on its line, such as the sign of a comment.
        header_delimiter: what stands between names where that is another character.
        delimiter_text: what stands between cells where that is several characters; ``delimiter`` is put in its place.
        has_outer_bars: whether lines begin and end with a bar that delimits nothing.
        has_blanks_after_quotes: whether blanks stand between closing quotes and delimiters.
        has_end_sign: whether the sign with which DOS ended files stands behind the last row.
        row_shape: what is known of the cells of a row.
    """

    encoding: str
    delimiter: str
    quote: str = '"'
    has_header: bool = True
    n_skipped: int = 0
    mends_c1: bool = False
    has_backslashes: bool = False
    n_header_rows: int = 1
    has_row_names: bool = False
    has_quoted_row_names: bool = False
    header_mark: str = ""
    n_columns: int | None = None
    header_delimiter: str = ""
    delimiter_text: str = ""
    has_outer_bars: bool = False
    has_blanks_after_quotes: bool = False
    has_end_sign: bool = False
    row_shape: RowShape = field(default_factory=RowShape)

    @property
    def csv_form(self) -> dict[str, Any]:
        """What the standard library's reader has to be told."""
        return {
            "delimiter": self.delimiter,
            "quotechar": self.quote or None,
            "quoting": csv.QUOTE_MINIMAL if self.quote else csv.QUOTE_NONE,
            "escapechar": "\\" if self.has_backslashes else None,
            "skipinitialspace": True,
            "strict": True,
        }

    @property
    def is_as_written(self) -> bool:
        """Whether the bytes of a row below the header say alone what stands in its cells."""
        marks = self.delimiter + self.quote
        is_mended = (
            self.mends_c1
            or self.has_backslashes
            or self.delimiter_text
            or self.has_outer_bars
            or self.has_blanks_after_quotes
            or self.has_end_sign
        )
        return marks.isascii() and not is_mended and self.delimiter not in (BLANK, "-", ".")

    def prepared(self, lines: Iterable[str]) -> Iterator[str]:
        """``lines``, from that of the header on, as the standard library's reader splits them rightly."""
        is_mended = (
            self.header_mark
            or self.header_delimiter
            or self.mends_c1
            or self.has_backslashes
            or self.delimiter_text
            or self.has_outer_bars
            or self.has_blanks_after_quotes
            or self.has_end_sign
        )
        if not is_mended and self.delimiter != BLANK:
            return iter(lines)
        mender = LineMender(
            self.delimiter,
            self.quote,
            delimiter_text=self.delimiter_text,
            header_mark=self.header_mark,
            header_delimiter=self.header_delimiter,
            mends_c1=self.mends_c1,
            has_backslashes=self.has_backslashes,
            has_outer_bars=self.has_outer_bars,
            has_blanks_after_quotes=self.has_blanks_after_quotes,
            has_end_sign=self.has_end_sign,
        )
        return mender.mended(lines)
