"""Numbers and words for the clipboard, as spreadsheets take them: a tab between cells, a line for each row."""

from __future__ import annotations

from collections.abc import Iterable

from regdesk.core.words.safe_text import safe_line

RUN = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""How a word begins that some spreadsheet takes for a formula (OWASP, CSV injection)."""


def tab_separated(rows: Iterable[Iterable[str | float]]) -> str:
    """``rows`` with numbers in full; of words nothing ends a cell or a line, and no spreadsheet runs one."""
    return "".join("\t".join(map(_cell, row)) + "\n" for row in rows)


def _cell(cell: str | float) -> str:
    if not isinstance(cell, str):
        return repr(float(cell))
    text = safe_line(cell)
    return f"'{text}" if text.lstrip(" ").startswith(RUN) else text
