"""Whether files that are there may be replaced."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMessageBox, QWidget
from shiboken6 import isValid

from regdesk.core.words.safe_text import safe_line
from regdesk.views.kit.form_parts import name_widget
from regdesk.views.kit.plain_text import tool_tip

MOST_NAMED = 8


def may_replace(parent: QWidget, folder: str, names: Sequence[str]) -> bool:
    """Asks; the old files are kept unless somebody says otherwise."""
    named = ", ".join(map(safe_line, names[:MOST_NAMED])) + (" …" if len(names) > MOST_NAMED else "")
    box = QMessageBox(parent)
    box.setObjectName("replaceBox")
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(_tr("Replace files"))
    several, one = _tr("{n} files are there already. Replace them?"), _tr("A file is there already. Replace it?")
    box.setText(several.format(n=len(names)) if len(names) > 1 else one)
    # Qt takes a text for HTML where a name in it looks like some.
    box.setInformativeText(tool_tip(_tr("In {folder}: {names}").format(folder=safe_line(folder), names=named)))
    replace = box.addButton(_tr("&Replace"), QMessageBox.ButtonRole.AcceptRole)
    keep = box.addButton(_tr("&Keep"), QMessageBox.ButtonRole.RejectRole)
    for button, key in ((replace, "replaceButton"), (keep, "keepButton")):
        words = button.text().replace("&", "")
        name_widget(button, key, words, words)
    box.setDefaultButton(keep)
    box.setEscapeButton(keep)
    box.exec()
    if not isValid(box):
        # A signal of the system has closed all there is.
        return False
    is_replaced = box.clickedButton() is replace
    box.deleteLater()
    return is_replaced


def _tr(text: str) -> str:
    return QCoreApplication.translate("Replacing", text)
