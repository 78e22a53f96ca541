"""Writes a model where a person wants it, and takes the place of nothing but a model."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from regdesk.data.errors import DataError
from regdesk.data.files.model_file import SavedModel, write_model
from regdesk.data.files.model_place import check_model_place
from regdesk.data.files.result_folder import NotWritable


def save_model(path: Path, saved: SavedModel, sources: Sequence[Path]) -> SavedModel:
    """``saved``, written as ``path``. Raises DataError, one sentence, where that cannot be, and nothing has changed."""
    try:
        check_model_place(path, sources)
    except NotWritable as problem:
        raise DataError(str(problem).removeprefix(f"{path}: "), file=path) from None
    write_model(path, saved)
    return saved
