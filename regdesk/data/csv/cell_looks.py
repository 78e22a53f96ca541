"""What a cell looks like before anything is known of its column: a value, something missing, a line that was drawn."""

from __future__ import annotations

import re
from collections.abc import Sequence

from regdesk.data.columns.cells import CellClass, classify
from regdesk.data.columns.missing_words import MISSING_AMONG_NUMBERS

_SIGNS_OF_MISSING = frozenset((".", "..", "...", "-", "--", "*", "missing", "Missing", "n.a.", "nil"))
_RULER = re.compile(r"[-+=|:\s]*(?:---|===|-\+-|\+--)[-+=|:\s]*")
_ALIGNED = re.compile(r":?-+:?")
DOTS = ("...", "…")
"""A row of them stands for rows that are not in the file."""
COMMENT_MARKS = ("#", "%", "//", "!", "*", ";", "-- ")
"""With which a line may begin that is no row."""
FOOTNOTES = ("note", "source", "footnote", "quelle", "anmerkung", "*", "(")
"""With which a line may begin that stands below a table."""
_SAID_NOTE = re.compile(
    r"(?:notes?|sources?|footnotes?|quellen?|anmerkung(?:en)?)\s?:\s?\S.*", re.IGNORECASE | re.DOTALL
)
_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[ T].*)?|\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?")
_CURRENCY = "$€£¥₹₩₪₫₱₽₺₴₦฿￥"
_FORMATTED = re.compile(
    rf"[(+-]?[{_CURRENCY}]?\s?(?:\d{{1,3}}(?:[,.' \u00a0\u202f’]\d{{3}})*|\d{{1,2}}(?:,\d{{2}})+,\d{{3}})(?:[.,]\d+)?"
    rf"\s?[%{_CURRENCY})-]?|[+-]?[{_CURRENCY}]\s?\d+(?:[.,]\d+)?|[+-]?\d+(?:[.,]\d+)?\s?[%{_CURRENCY}]"
)
"""Also in lakhs, 1,10,100, and with a minus behind; of many figures without marks only with a currency."""
_USUAL = re.compile(r"[+-]?[0-9]{1,18}(?:[.,][0-9]{0,18})?")
"""Most numbers, at a tenth of the cost."""


def is_value(cell: str) -> bool:
    """Whether ``cell`` is a number, plain or formatted, or a date: what a name is not."""
    # Most names begin with a letter, and no value does.
    return not cell[:1].isalpha() and (
        _USUAL.fullmatch(cell) is not None
        or classify(cell) <= CellClass.COMMA
        or _FORMATTED.fullmatch(cell) is not None
        or _DATE.fullmatch(cell) is not None
    )


def is_date(cell: str) -> bool:
    """Whether ``cell`` is a date or a time of day in figures."""
    return _DATE.fullmatch(cell) is not None


def is_said_note(cell: str) -> bool:
    """Whether ``cell`` says that it is a note or names a source, and which."""
    return _SAID_NOTE.fullmatch(cell) is not None


def is_missing(cell: str) -> bool:
    """Whether ``cell`` is empty or something that stands for a missing value, so that it speaks for no kind."""
    return cell in MISSING_AMONG_NUMBERS or cell in _SIGNS_OF_MISSING


def is_ruler(cells: Sequence[str]) -> bool:
    """Whether a record is a line drawn below names or around a table: dashes, and what joins them."""
    text = "".join(cells).strip()
    if len(text) <= 2 or text[0] not in "-+=|:" or text[-1] not in "-+=|:":
        return False
    # Markdown may have a dash or two, |--:|:-|: a dash by itself is a cell that is missing, and so is a colon.
    filled = [cell for cell in map(str.strip, cells) if cell]
    is_aligned = ":-" in text or "-:" in text
    return _RULER.fullmatch(text) is not None or (
        is_aligned and all(map(_ALIGNED.fullmatch, filled)) and any(":" in cell for cell in filled)
    )
