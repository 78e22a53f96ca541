"""How much files take."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from regdesk.upkeep.process_names import entries_of


def size_of(path: Path) -> tuple[int, int]:
    """Number of files and their bytes: of a file, or of all in a folder, no link followed; 0 where there is nothing."""
    with suppress(OSError):
        if path.is_file() and not path.is_symlink():
            return 1, path.stat().st_size
    n_files = n_bytes = 0
    for entry in entries_of(path):
        with suppress(OSError):
            more = size_of(path / entry.name) if entry.is_dir() else (1, entry.stat().st_size)
            n_files, n_bytes = n_files + more[0], n_bytes + more[1]
    return n_files, n_bytes


def size_text(n_bytes: int) -> str:
    """As 312 bytes, 4.2 KB, 13 MB."""
    if n_bytes < 1000:
        return f"{n_bytes} bytes"
    for power, unit in ((1, "KB"), (2, "MB"), (3, "GB")):
        value = n_bytes / 1000**power
        if value < 999.5 or unit == "GB":
            return f"{value:.2g} {unit}" if value < 99.5 else f"{value:.0f} {unit}"
    raise AssertionError("GB takes all")
