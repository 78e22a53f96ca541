"""Several files that a dialog saves: asked before any is replaced, and all of them written or none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from regdesk.core.stopping import Stopped
from regdesk.data.files.whole_files import NotOnDisk, StagedFiles, reason_of
from regdesk.views.export.replacing import may_replace

if TYPE_CHECKING:
    from regdesk.views.export.saving_dialog import SavingDialog


class NotSaved(Exception):
    """``place``, a file or the folder, could not be written; nothing there was changed, unless it ``is_in_place`` and
    the disk has failed at the very end.
    """

    def __init__(self, place: Path, problem: OSError | ValueError) -> None:
        super().__init__(f"{place}: {reason_of(problem)}")
        self.place, self.reason, self.is_in_place = place, reason_of(problem), isinstance(problem, NotOnDisk)


def is_free(dialog: SavingDialog, folder: str, names: list[str]) -> bool:
    """Whether files of these names may be written to ``folder``; asks where there are some, says why not."""
    path = Path(folder).expanduser()
    try:
        if not path.is_dir():
            dialog.show_problem(dialog.tr("There is no folder {folder}.").format(folder=folder))
            return False
        there = [name for name in names if (path / name).exists() or (path / name).is_symlink()]
    except OSError as problem:
        dialog.show_problem(f"{folder}: {reason_of(problem)}.")
        return False
    return not there or may_replace(dialog, folder, there)


def write_files(folder: str, files: Mapping[str, bytes], should_stop: Callable[[], bool]) -> None:
    """All of ``files``, by name, or none; in a thread, as a disk may be far away. Raises NotSaved and Stopped."""
    path, name = Path(folder).expanduser(), ""
    try:
        with StagedFiles(path) as staged:
            for name, content in files.items():
                if should_stop():
                    raise Stopped
                staged.add(name, content)
            name = ""
            staged.put_in_place()
    except (OSError, ValueError) as problem:
        raise NotSaved(path / name if name else path, problem) from problem


def show_not_saved(dialog: SavingDialog, problem: NotSaved) -> None:
    """Say in ``dialog`` what could not be written."""
    form = dialog.tr("{file} could not be written ({reason}). Nothing there was changed.")
    if problem.is_in_place:
        form = dialog.tr("{file}: {reason}.")
    dialog.show_problem(form.format(file=problem.place, reason=problem.reason))


def saved_sentence(dialog: SavingDialog, n_files: int, folder: str) -> str:
    """What has been written, and where."""
    form = (
        dialog.tr("1 file was written to {folder}.")
        if n_files == 1
        else dialog.tr("{n} files were written to {folder}.")
    )
    return form.format(n=n_files, folder=Path(folder).expanduser())
