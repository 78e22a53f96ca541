"""Writes models and what is made of them where a person wants it, and never in the place of what is read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from regdesk.data.errors import DataError
from regdesk.data.files.model_file import SavedModel, write_model
from regdesk.data.files.model_place import check_model_place
from regdesk.data.files.result_folder import NotWritable
from regdesk.data.files.whole_files import reason_of, write_whole


def save_model(path: Path, saved: SavedModel, sources: Sequence[Path]) -> SavedModel:
    """``saved``, written as ``path``. Raises DataError, one sentence, where that cannot be, and nothing has changed."""
    check_place(path, sources)
    write_model(path, saved)
    return saved


def check_place(path: Path, sources: Sequence[Path], what: str = "model") -> None:
    """Raises DataError, one sentence, where no ``what`` may be written: in place of ``sources``, or in no folder."""
    try:
        check_model_place(path, sources, what)
    except NotWritable as problem:
        raise DataError(str(problem).removeprefix(f"{path}: "), file=path) from None


def save_export(path: Path, content: bytes, kept_files: Sequence[Path]) -> None:
    """``content``, written as ``path``, which is none of ``kept_files``. Raises DataError as ``save_model``."""
    try:
        if any(path.exists() and kept.exists() and path.samefile(kept) for kept in kept_files):
            raise DataError("this is a file that is open; it is left as it is: choose another name.", file=path)
        write_whole(path, content)
    except (OSError, ValueError) as problem:
        raise DataError(f"the model could not be written there ({reason_of(problem)}).", file=path) from None
