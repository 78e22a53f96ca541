"""A workbook (.xlsx, .xlsm, .xlsb, .xls, .ods): one sheet of it as text, made by a child process."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from regdesk.data.csv.lines import Progress
from regdesk.data.csv.table import TableWarning
from regdesk.data.errors import DataError
from regdesk.data.formats.copy_writer import COPY_DELIMITER
from regdesk.data.formats.text_copy import LineMap, TextSource

POLL_S = 0.05


def open_sheet(file: Path, workbook: Path, sheet: str | None, target: Path, progress: Progress) -> TextSource:
    """The sheet called ``sheet`` of ``workbook``, for None the first that is shown and not empty, as text.

    Rows are those of the sheet. Formulas have the values that were saved with them; nothing is calculated.
    Raises DataError, naming ``file``, when there is no such sheet, or the workbook cannot be read.
    """
    if find_spec("python_calamine") is None:
        raise DataError(
            "this is a spreadsheet, which python-calamine reads; install it (pip install python-calamine), "
            "or save the table as CSV.",
            file=file,
        )
    record = _converted(workbook, sheet, target, progress)
    if record is None:
        raise DataError("this spreadsheet is damaged, or needs more memory than a table should.", file=file)
    if "problem" in record:
        raise DataError(f"this is a spreadsheet, and {record['problem']}.", file=file)
    if not target.stat().st_size:
        raise DataError(f"sheet '{record['sheet']}' is empty.", file=file)
    warnings = tuple(TableWarning(row, None, words) for row, words in record["notes"])
    return TextSource(
        file,
        target,
        delimiter=COPY_DELIMITER,
        line_map=LineMap(tuple(record["lines"]), tuple(record["rows"])),
        warnings=warnings,
    )


def _converted(workbook: Path, sheet: str | None, target: Path, progress: Progress) -> dict[str, Any] | None:
    """What the child says; None when it has ended without a word. What ``progress`` raises ends it."""
    child = subprocess.Popen(
        [sys.executable, *_child_arguments(workbook, sheet, target)],
        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    with child:
        try:
            while True:
                progress(0.0)
                try:
                    child.wait(POLL_S)
                    break
                except subprocess.TimeoutExpired:
                    continue
        finally:
            child.kill()
    record = Path(f"{target}.json")
    if child.returncode != 0 or not record.is_file():
        return None
    found: dict[str, Any] = json.loads(record.read_text(encoding="utf-8"))
    return found


def _child_arguments(workbook: Path, sheet: str | None, target: Path) -> list[str]:
    """Arguments of the Python interpreter for the child that writes a sheet to ``target`` and what it found beside."""
    source = str(Path(__file__).parents[3])
    code = (
        "import signal, sys; signal.signal(signal.SIGINT, signal.SIG_IGN); sys.path.insert(0, sys.argv[1]); "
        "from regdesk.data.formats.sheet_child import main; main(*sys.argv[2:])"
    )
    return ["-c", code, source, str(workbook), str(target), *([] if sheet is None else [sheet])]
