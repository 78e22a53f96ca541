"""How the text of a file is laid out: what stands between cells, around them and before them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from regdesk.data.csv.encodings import C1_AS_CP1252

BLANK = " "
_BLANKS = re.compile(r"[ \t]+")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


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
        n_columns: how many the rows have, as far as that is known; a header may have empty cells more.
        header_mark: what stands before the header on its line, such as the sign of a comment.
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
    header_mark: str = ""
    n_columns: int | None = None

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
        return marks.isascii() and not (self.mends_c1 or self.has_backslashes or self.delimiter in (BLANK, "-", "."))

    def prepared(self, lines: Iterable[str]) -> Iterator[str]:
        """``lines``, from that of the header on, as the standard library's reader splits them rightly."""
        if self.header_mark or self.mends_c1 or self.has_backslashes or self.delimiter == BLANK:
            return self._mended(lines)
        return iter(lines)

    def _mended(self, lines: Iterable[str]) -> Iterator[str]:
        mark = self.header_mark
        for line in lines:
            if mark:
                line, mark = line.lstrip().removeprefix(mark).lstrip(), ""
            if self.mends_c1:
                line = line.translate(C1_AS_CP1252)
            if self.has_backslashes and "\\" in line:
                line = _ESCAPED.sub(self._kept_escape, line)
            yield self._with_single_blanks(line) if self.delimiter == BLANK else line

    def _kept_escape(self, found: re.Match[str]) -> str:
        """A backslash before anything but a quote, a delimiter or a backslash is itself, as in ``\\N``."""
        return found[0] if found[1] in (self.quote, self.delimiter, "\\") else f"\\\\{found[1]}"

    def _with_single_blanks(self, line: str) -> str:
        parts = line.strip().split(self.quote) if self.quote else [line.strip()]
        parts[::2] = [_BLANKS.sub(BLANK, part) for part in parts[::2]]
        return self.quote.join(parts) + "\n"
