"""The child process that opens a workbook: a damaged one may take all memory, or end the process that reads it."""

from __future__ import annotations

import json
import os
import re
import sys
import threading
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import python_calamine as calamine

from regdesk.data.formats.copy_writer import write_copy
from regdesk.data.formats.ods_cells import OdsCells, ods_cells
from regdesk.data.formats.sheet_range import SheetRange, first_of_two_tables, letters_of, parted
from regdesk.data.formats.sheet_rows import cell_text, sheet_rows

if sys.platform != "win32":
    import resource

MOST_MEMORY = 3 << 30
MOST_SECONDS = 600
MOST_CELLS = 50_000_000

_CELL = re.compile(rb"<c\b([^>]*?)(?:/>|>(.*?)</c>)", re.S)
_REFERENCE = re.compile(rb'\br="([A-Z]+[0-9]+)"')
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class Unusable(Exception):
    """A workbook that cannot be read, in words."""


def main(workbook: str, target: str, sheet: str | None = None) -> None:
    """Write the sheet to ``target`` and a record to ``target`` with .json behind its name; both are whole or none."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _limit()
    try:
        record = _convert(workbook, sheet, Path(target))
    except Unusable as problem:
        record = {"problem": str(problem)}
    Path(f"{target}.json").write_text(json.dumps(record), encoding="utf-8")


def _end_with_parent() -> None:
    while os.read(0, 1024):
        pass
    os._exit(1)


def _limit() -> None:
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))


def _convert(workbook: str, sheet: str | None, target: Path) -> dict[str, Any]:
    try:
        with calamine.CalamineWorkbook.from_path(workbook) as book:
            name, block, notes = _chosen(book, sheet)
            found = book.get_sheet_by_name(name)
            if found.height * found.width > MOST_CELLS:
                raise Unusable(f"sheet '{name}' has {found.height:,} × {found.width:,} cells, which is too many")
            if found.start is None:
                raise Unusable(f"sheet '{name}' is empty")
            cells, start = found.to_python(), found.start
            if block is not None:
                cells, start = block.crop(cells, start)
                if not any(cell_text(cell).strip() for row in cells for cell in row):
                    raise Unusable(f"sheet '{name}' has nothing in {block.text}")
            ods = ods_cells(workbook, name)
            rows = sheet_rows(cells, start, found.merged_cell_ranges or ods.merged)
    except calamine.PasswordError:
        raise Unusable("it is protected by a password; open it in Excel and save it without one") from None
    except (calamine.CalamineError, OSError, ValueError, MemoryError) as error:
        raise Unusable(f"it is damaged or no workbook ({' '.join(str(error).split())[:100]})") from None
    starts, numbers = write_copy(target, rows.rows)
    beside = None if block else first_of_two_tables([[cell_text(one) for one in row] for row in cells], start)
    if beside is not None:
        words = f"two tables stand side by side in sheet '{name}' and are read as one; to read the first alone, say its"
        notes.append((beside.top + 1, f"{words} cells (--sheet='{name}!{beside.text}')."))
    notes += [*rows.notes, *_error_notes(ods, block), *_formula_notes(workbook, name, block)]
    return {"sheet": name, "lines": starts, "rows": numbers, "notes": notes}


def _chosen(book: Any, sheet: str | None) -> tuple[str, SheetRange | None, list[tuple[int | None, str]]]:
    """The sheet to be read, the range of it that is asked for, and what to say of the other sheets."""
    sheets = [one for one in book.sheets_metadata if one.typ == calamine.SheetTypeEnum.WorkSheet]
    names = [one.name for one in sheets]
    asked = None if sheet is None or sheet in names else parted(sheet)
    sheet, block = (sheet, None) if asked is None else asked
    if sheet is not None:
        if sheet not in names:
            raise Unusable(f"it has no sheet '{sheet}', but {_quoted(names)}")
        return sheet, block, []
    visible = [one.name for one in sheets if one.visible == calamine.SheetVisibleEnum.Visible]
    filled = [name for name in visible if book.get_sheet_by_name(name).height]
    if not filled:
        raise Unusable("no sheet of it that is shown has anything in it")
    if len(filled) == 1:
        return filled[0], block, []
    return filled[0], block, [(None, f"this is sheet '{filled[0]}'; --sheet chooses another: {_quoted(filled[1:])}.")]


def _quoted(names: Sequence[str]) -> str:
    shown = ", ".join(f"'{name}'" for name in names[:10])
    return shown if len(names) <= 10 else f"{shown} and {len(names) - 10} more"


def _error_notes(ods: OdsCells, block: SheetRange | None) -> list[tuple[int | None, str]]:
    places = [f"{letters_of(column)}{row + 1}" for row, column in ods.errors]
    places = [one for one in places if block is None or block.holds(one)]
    if not places:
        return []
    words = f"{_cells(len(places))} the error of a formula (first in {places[0]}), which is taken as missing."
    return [(_row(places[0]), words)]


def _formula_notes(workbook: str, sheet: str, block: SheetRange | None) -> list[tuple[int | None, str]]:
    """What the cells alone do not show: formulas that nobody has calculated, and those that ended in an error."""
    try:
        with zipfile.ZipFile(workbook) as archive:
            text = archive.read(_part_of(archive, sheet))
    except (KeyError, StopIteration, zipfile.BadZipFile, ElementTree.ParseError, OSError, ValueError):
        return []
    open_formulas, errors = [], []
    if b"<f" in text or b't="e"' in text:
        for head, body in _CELL.findall(text):
            if block is not None and not block.holds(_reference(head)):
                continue
            if b't="e"' in head and b"#N/A" not in body:
                errors.append((_reference(head), re.sub(rb".*<v>(.*?)</v>.*", rb"\1", body, flags=re.S).decode()))
            elif b"<f" in body and b't="str"' not in head and not re.search(rb"<v>.", body):
                open_formulas.append(_reference(head))
    notes: list[tuple[int | None, str]] = []
    if open_formulas:
        words = f"{_cells(len(open_formulas))} a formula that was never calculated (first {open_formulas[0]}) and"
        notes.append((_row(open_formulas[0]), f"{words} no value; open the workbook in Excel and save it."))
    if errors:
        words = f"{_cells(len(errors))} the error of a formula (first {errors[0][1]} in {errors[0][0]})"
        notes.append((_row(errors[0][0]), f"{words}, which is taken as missing."))
    return notes


def _cells(number: int) -> str:
    return "1 cell has" if number == 1 else f"{number} cells have"


def _reference(head: bytes) -> str:
    found = _REFERENCE.search(head)
    return found[1].decode() if found else "?"


def _row(reference: str) -> int | None:
    digits = reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return int(digits) if digits.isdecimal() else None


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    """The file of an .xlsx that holds ``sheet``. Raises StopIteration and KeyError when none does."""
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    key = next(one.get(_RELATION) for one in book.iter() if one.tag.endswith("}sheet") and one.get("name") == sheet)
    target = next(one.get("Target") or "" for one in links.iter() if one.get("Id") == key)
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
