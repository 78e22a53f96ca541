"""A result that is to go where one is: a person at a terminal is asked before, and that it was replaced is said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from regdesk.data.files.result_folder import NotWritable, replaceable_in
from regdesk.system.asking import agrees, can_ask
from regdesk.system.terminal import write_error


def ask_to_replace(*paths: Path | None) -> None:
    """Ask once, before any long work, about the files, and folders of results, that are there already.

    A script is not asked, because it must work when it is run again; nor is anybody about an empty file, which is what
    a shell leads a result into. Raises NotWritable where the person says no.
    """
    there = [path for path in _there(paths) if path.is_dir() or path.stat().st_size]
    if not there or not can_ask():
        return
    what = " and ".join(f"the results in {path}" if path.is_dir() else str(path) for path in there)
    if len(there) == 1 and not there[0].is_dir():
        question, left = "exists. Replace it?", "it is left as it is"
    else:
        question, left = "exist. Replace them?", "they are left as they are"
    if not agrees(f"{what} {question}"):
        raise NotWritable(f"{what}: {left}.")


@contextmanager
def replacing(*paths: Path) -> Iterator[None]:
    """Around the writing of files: which have been replaced is said; of folders ``ResultFolder`` tells it."""
    there = _there(paths)
    yield
    for path in there:
        write_error(f"{path}: the file that was there is replaced.")


def _there(paths: Sequence[Path | None]) -> list[Path]:
    """Those of ``paths`` that something stands at which would be lost."""
    given = [path for path in paths if path is not None]
    return [path for path in given if (replaceable_in(path) if path.is_dir() else path.is_file())]
