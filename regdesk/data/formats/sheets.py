"""What one of can be chosen in a file that holds several tables: sheets, tables of a database, files of an archive."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from regdesk.data.errors import DataError
from regdesk.data.formats.databases import TABLES
from regdesk.data.formats.opening import format_of
from regdesk.data.formats.unpacking import members_of

LONGEST_WAIT_S = 30.0
_NAMES = (
    "import json, sys; import python_calamine as calamine; "
    "sys.stdout.write(json.dumps(calamine.CalamineWorkbook.from_path(sys.argv[1]).sheet_names))"
)
"""For a child: a damaged workbook may take all memory, or end the process that opens it."""


def sheet_names(path: Path) -> tuple[str, ...]:
    """Names of the tables in the file ``path``, in its order; none where it cannot be opened, or there is no choice.

    Of a workbook the only sheet is named as well: some cells of it can be asked for.
    Whoever reads it says why it cannot be opened.
    """
    opening = format_of(path).opening
    try:
        if opening == "workbook" and find_spec("python_calamine") is not None:
            found = _sheets(path)
        elif opening == "sqlite":
            found = _tables(path)
        elif opening == "zip":
            found = members_of(path)
        else:
            found = ()
    except (DataError, OSError, ValueError, sqlite3.Error, subprocess.SubprocessError):
        found = ()
    return found if len(found) > 1 or opening == "workbook" else ()


def _sheets(path: Path) -> tuple[str, ...]:
    done = subprocess.run(
        [sys.executable, "-c", _NAMES, str(path)], stdin=subprocess.DEVNULL, capture_output=True, check=True,
        timeout=LONGEST_WAIT_S,
    )  # fmt: skip
    return tuple(str(name) for name in json.loads(done.stdout))


def _tables(path: Path) -> tuple[str, ...]:
    # As it is opened to be read: nothing is written beside it.
    address = f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1"
    with closing(sqlite3.connect(address, uri=True)) as connection:
        return tuple(name for (name,) in connection.execute(TABLES))
