"""Lines rewritten so that the standard library's reader splits them rightly; what stands in quotes is left alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from regdesk.data.encodings.finding import C1_AS_CP1252

BLANK = " "
BAR = "|"
GAP = "  "
"""In place of a delimiter of several characters: two blanks or more, or a tab; single ones may stand within cells."""
_BLANKS = re.compile(r"[ \t]+")
_GAPS = re.compile(r"[ \t]*(?:  |\t)[ \t]*")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_SPACES = " \t"


@dataclass
class LineMender:
    """What has to be done to the lines of a file, from that of its header on, and whether a quote is open.

    Attributes:
        delimiter: the character that the reader splits at.
        delimiter_text: what stands in its place in the file where that is several characters, else empty.
        header_mark: what is taken off the first line.
        header_delimiter: what delimits the names on the first line, where that is another mark than in the rows.
        has_outer_bars: whether lines begin and end with a bar, as in Markdown.
        has_blanks_after_quotes: whether blanks between a closing quote and a delimiter are taken out.
        has_end_sign: whether the sign with which DOS ended files is taken off.
    """

    delimiter: str
    quote: str
    delimiter_text: str = ""
    header_mark: str = ""
    mends_c1: bool = False
    has_backslashes: bool = False
    header_delimiter: str = ""
    has_outer_bars: bool = False
    has_blanks_after_quotes: bool = False
    has_end_sign: bool = False
    _is_inside: bool = False

    def mended(self, lines: Iterable[str]) -> Iterator[str]:
        """``lines``, rewritten."""
        mark, names_mark, edit = self.header_mark, self.header_delimiter, self._edit()
        for line in lines:
            if mark:
                line, mark = line.lstrip().removeprefix(mark).lstrip(), ""
            if names_mark:
                line, names_mark = line.replace(names_mark, self.delimiter), ""
            if self.has_end_sign:
                line = line.rstrip("\x1a")
            if self.mends_c1:
                line = line.translate(C1_AS_CP1252)
            if self.has_outer_bars and not self._is_inside:
                line = _without_outer_bars(line)
            if self.has_backslashes and "\\" in line:
                line = _ESCAPED.sub(self._kept_escape, line)
            yield line if edit is None else self._edited_outside(line, edit)

    @property
    def _is_spaced(self) -> bool:
        """Whether blanks stand between cells."""
        return self.delimiter == BLANK or self.delimiter_text == GAP

    def _edit(self) -> Callable[[str, bool, bool], str] | None:
        """What is done to text outside of quotes, which may follow a closing quote, and may end the line."""
        if self.delimiter == BLANK:
            return _with_single_blanks
        if self.delimiter_text == GAP:
            return lambda text, _follows_quote, _ends_line: _GAPS.sub(self.delimiter, text)
        if self.delimiter_text:
            return lambda text, _follows_quote, _ends_line: text.replace(self.delimiter_text, self.delimiter)
        if self.has_blanks_after_quotes and self.quote:
            return self._without_blanks_after_quote
        return None

    def _kept_escape(self, found: re.Match[str]) -> str:
        """A backslash before anything but a quote, a delimiter or a backslash is itself, as in ``\\N``."""
        return found[0] if found[1] in (self.quote, self.delimiter, "\\") else f"\\\\{found[1]}"

    def _without_blanks_after_quote(self, text: str, follows_quote: bool, _ends_line: bool) -> str:
        kept = text.lstrip(_SPACES)
        return kept if follows_quote and (kept.startswith(self.delimiter) or not kept.strip()) else text

    def _edited_outside(self, line: str, edit: Callable[[str, bool, bool], str]) -> str:
        """``line`` with ``edit`` done to what is not in quotes. A quote within a bare cell is a letter of it."""
        if self._is_spaced and not self._is_inside:
            line = line.strip() + "\n"
        if not self.quote or (self.quote not in line and not self._is_inside):
            return edit(line, False, True)
        *parts, rest = line.split(self.quote)
        done: list[str] = []
        outside, follows_quote = "", False
        for part in parts:
            if self._is_inside:
                done += [part, self.quote]
                self._is_inside, follows_quote, outside = False, True, ""
                continue
            outside += part
            if self._begins_cell(outside, follows_quote):
                done += [edit(outside, follows_quote, False), self.quote]
                self._is_inside, follows_quote = True, False
            else:
                outside += self.quote
        return "".join([*done, rest if self._is_inside else edit(outside + rest, follows_quote, True)])

    def _begins_cell(self, before: str, follows_quote: bool) -> bool:
        """Whether a quote after ``before`` opens a cell, or belongs to a doubled one."""
        if not before:
            return True
        if self._is_spaced:
            return before[-1] in _SPACES
        text = before.rstrip(_SPACES.replace(self.delimiter, ""))
        return text.endswith(self.delimiter_text.rstrip(_SPACES) or self.delimiter) or (not text and not follows_quote)


def _without_outer_bars(line: str) -> str:
    text = line.strip().removeprefix(BAR)
    return (text if text.endswith("\\|") else text.removesuffix(BAR)) + "\n"


def _with_single_blanks(text: str, _follows_quote: bool, ends_line: bool) -> str:
    return _BLANKS.sub(BLANK, text.rstrip()) + "\n" if ends_line else _BLANKS.sub(BLANK, text)
