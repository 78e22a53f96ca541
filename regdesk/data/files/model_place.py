"""Where a model can be written: never in the place of what regdesk has not saved as one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from regdesk.data.files.model_file import is_model_file
from regdesk.data.files.result_folder import NotWritable
from regdesk.data.files.whole_files import check_whole, reason_of


def check_model_place(path: Path, sources: Sequence[Path], what: str = "model") -> None:
    """Raises NotWritable where no model can be written as ``path``, before anything is begun; ``what`` it is called.

    What is there stays unless it is a model: nobody loses a table by a name in the wrong place.
    """
    try:
        check_whole(path)
        is_strange = path.exists() and path.is_file() and path.stat().st_size > 0 and not is_model_file(path)
        is_source = any(path.exists() and source.exists() and path.samefile(source) for source in sources)
    except (OSError, ValueError) as problem:
        raise NotWritable(f"{path}: the {what} could not be written there ({reason_of(problem)}).") from None
    if is_source or is_strange:
        why = "is the file that is read" if is_source else f"is a file that regdesk has not saved as a {what}"
        raise NotWritable(f"{path}: this {why}; it is left as it is. Choose another name.")
