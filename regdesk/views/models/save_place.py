"""Asks a person where a file is to be written, and before one that is there is replaced."""

from __future__ import annotations

from pathlib import PurePath

from PySide6.QtCore import QCoreApplication, QFileInfo
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from regdesk.views.kit.plain_text import tool_tip


def ask_save_place(parent: QWidget, title: str, proposed: str, kind: str, *others: str, beside: str = "") -> str:
    """The file, with the suffix of ``proposed`` where none is given; empty where it was left.

    ``kind`` says what such files are; they may have one of the suffixes ``others``, too. ``beside`` ends the name of a
    second file that is written with it.
    """
    suffix = PurePath(proposed).suffix
    patterns = " ".join(f"*{one}" for one in (suffix, *others))
    file, _ = QFileDialog.getSaveFileName(parent, title, proposed, f"{kind} ({patterns});;{_tr('All files')} (*)")
    if not file:
        return ""
    # The dialog itself has asked about a file of the name that was given in it.
    is_asked = bool(PurePath(file).suffix)
    file = file if is_asked else file + suffix
    if QFileInfo.exists(file):
        # With it goes what is beside it.
        return file if is_asked or may_be_written(parent, title, file) else ""
    second = file + beside
    return file if not beside or not QFileInfo.exists(second) or may_be_written(parent, title, second) else ""


def may_be_written(parent: QWidget, title: str, file: str) -> bool:
    """Whether ``file``, which is there, may be replaced; asks."""
    name = PurePath(file).name
    question = _tr("{name} is there already. Is it to be replaced?").format(name=name)
    # Qt takes a text for HTML where a name in it looks like some.
    return QMessageBox.question(parent, title, tool_tip(question)) == QMessageBox.StandardButton.Yes


def _tr(text: str) -> str:
    return QCoreApplication.translate("SavePlace", text)
