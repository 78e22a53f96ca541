"""Crash logs as text to read and to hand on: the newest first, without the name of the user's own folder."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from regdesk.core.words.safe_text import safe_text
from regdesk.upkeep.crash_log import ERRORS, FILE_NAME, MOST_BYTES, RUNNING
from regdesk.upkeep.process_names import entries_of, is_alive

MOST_SHOWN = 2 * MOST_BYTES
"""Bytes of one file: a crash of many threads is longer than what came before it."""


def kept_logs(folder: Path | None) -> list[Path]:
    """Every log in ``folder``, the newest first."""
    if folder is None:
        return []
    names = [entry.name for entry in entries_of(folder) if FILE_NAME.fullmatch(entry.name)]
    return [folder / name for name in sorted(names, reverse=True)]


def logs_text(paths: Iterable[Path]) -> str:
    """What is in these files, each under a line that says when its process began and how it ended; "" for none."""
    return "\n\n".join(_log_text(path) for path in paths)


def _log_text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_SHOWN)
    except OSError as problem:
        return f"{path.name}: {problem.strerror}"
    text = content.decode("utf-8", "replace").rstrip("\n")
    # Whoever hands it on need not say by which name a computer knows them.
    with suppress(RuntimeError):
        text = text.replace(f"{Path.home()}/", "~/")
    return f"== {path.name}, {_end_of(path)}\n{safe_text(text)}"


def _end_of(path: Path) -> str:
    if path.name.endswith(ERRORS):
        return "ended as it should, after errors"
    # A file keeps the name of a living process until a later start that looks for crashes, and a safe one never does.
    return "still running" if path.name.endswith(RUNNING) and is_alive(path) else "did not end as it should"
