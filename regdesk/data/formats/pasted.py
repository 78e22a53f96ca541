"""A table copied in another program: kept as a file that can be opened again, and that a model can name."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from regdesk.data.errors import DataError
from regdesk.data.files.whole_files import write_whole

CLIPBOARD = "clipboard"


def keep_pasted(text: str, folder: Path) -> Path:
    """Write ``text`` to a new file in ``folder``, which is made when it is not there, and return the file.

    The same table pasted again is the same file. Raises DataError when ``text`` has no two lines, and OSError when
    nothing can be written.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    if not lines.strip() or "\n" not in lines:
        found = "no text" if not lines.strip() else "a single line of text"
        raise DataError(f"it holds {found}; copy a table with its names and rows, and paste it then.", file=CLIPBOARD)
    content = f"{lines}\n".encode("utf-8", errors="replace")
    folder.mkdir(parents=True, exist_ok=True)
    for number in count(1):
        file = folder / f"pasted {number}.txt"
        if not file.exists():
            write_whole(file, content)
            return file
        if file.is_file() and file.stat().st_size == len(content) and file.read_bytes() == content:
            return file
    raise AssertionError("counting ends")
