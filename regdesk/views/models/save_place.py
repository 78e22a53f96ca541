"""Asks a person where a file is to be written, and before one that is there is replaced."""

from __future__ import annotations

from pathlib import PurePath

from PySide6.QtCore import QCoreApplication, QFileInfo
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from regdesk.views.kit.plain_text import tool_tip


def ask_save_place(parent: QWidget, title: str, proposed: str, kind: str, *others: str) -> str:
    """The file, with the suffix of ``proposed`` where none is given; empty where it was left.

    ``kind`` says what such files are; they may have one of the suffixes ``others``, too.
    """
    suffix = PurePath(proposed).suffix
    patterns = " ".join(f"*{one}" for one in (suffix, *others))
    file, _ = QFileDialog.getSaveFileName(parent, title, proposed, f"{kind} ({patterns});;{_tr('All files')} (*)")
    if not file or PurePath(file).suffix:
        # The dialog itself has asked about a file of that name.
        return file
    file += suffix
    return file if not QFileInfo.exists(file) or may_be_written(parent, title, file) else ""


def may_be_written(parent: QWidget, title: str, file: str) -> bool:
    """Whether ``file``, which is there, may be replaced; asks."""
    name = PurePath(file).name
    question = _tr("{name} is there already. Is it to be replaced?").format(name=name)
    # Qt takes a text for HTML where a name in it looks like some.
    return QMessageBox.question(parent, title, tool_tip(question)) == QMessageBox.StandardButton.Yes


def _tr(text: str) -> str:
    return QCoreApplication.translate("SavePlace", text)
