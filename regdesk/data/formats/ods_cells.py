"""What the cells of an .ods sheet do not show by their values: which are merged, and which are errors of formulas."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from typing import IO
from xml.etree import ElementTree

from regdesk.data.formats.sheet_rows import Merged

CONTENT = "content.xml"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_VALUE_TYPE = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")


@dataclass
class OdsCells:
    """Ranges of merged cells, first and last, and places of errors, by row and column from 0."""

    merged: list[Merged] = field(default_factory=list)
    errors: list[tuple[int, int]] = field(default_factory=list)


def ods_cells(workbook: str, sheet: str) -> OdsCells:
    """What is found in ``sheet``; nothing where ``workbook`` is of another kind, or no XML."""
    found = OdsCells()
    try:
        with zipfile.ZipFile(workbook) as archive, archive.open(CONTENT) as stream:
            _collect(found, stream, sheet)
    except (KeyError, zipfile.BadZipFile, ElementTree.ParseError, OSError, ValueError, NotImplementedError):
        return OdsCells()
    return found


def _collect(found: OdsCells, stream: IO[bytes], sheet: str) -> None:
    is_inside, row, column = False, 0, 0
    for event, part in ElementTree.iterparse(stream, events=("start", "end")):
        if part.tag == f"{_TABLE}table":
            is_inside = event == "start" and part.get(f"{_TABLE}name") == sheet
        elif event == "end" and part.tag == f"{_TABLE}table-row":
            row += _count(part, "number-rows-repeated") if is_inside else 0
            # A sheet may have a million rows.
            part.clear()
        elif event == "start" and is_inside:
            if part.tag == f"{_TABLE}table-row":
                column = 0
            elif part.tag in _CELLS:
                n_rows, n_columns = _count(part, "number-rows-spanned"), _count(part, "number-columns-spanned")
                if (n_rows, n_columns) != (1, 1):
                    found.merged.append(((row, column), (row + n_rows - 1, column + n_columns - 1)))
                if part.get(_VALUE_TYPE) == "error":
                    found.errors.append((row, column))
                column += _count(part, "number-columns-repeated")


def _count(part: ElementTree.Element, name: str) -> int:
    return max(int(part.get(f"{_TABLE}{name}") or 1), 1)
