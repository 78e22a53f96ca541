"""Where what a model gives can be written: never in the place of a model, or of the data that it was fitted on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from regdesk.data.files.model_file import SavedModel, is_model_file
from regdesk.data.files.result_folder import NotWritable
from regdesk.data.files.whole_files import check_whole


def check_result_place(path: Path, saved: SavedModel, sources: Sequence[Path] = ()) -> None:
    """Raises NotWritable where a model, the data of ``saved`` or one of ``sources`` stand; OSError and ValueError where
    nothing can be written as ``path``.
    """
    check_whole(path)
    data = Path(str(saved.provenance.get("file") or ""))
    if path.is_file() and is_model_file(path):
        what = "a model"
    elif _is_one_of(path, sources):
        what = "a file that is read"
    elif _is_one_of(path, [data]):
        what = "the file that the model was fitted on"
    else:
        return
    raise NotWritable(f"{path}: this is {what}; it is left as it is. Choose another name.")


def _is_one_of(path: Path, files: Sequence[Path]) -> bool:
    return path.exists() and any(one.is_file() and path.samefile(one) for one in files)
