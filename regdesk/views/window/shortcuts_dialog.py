"""All keys and what they do, read from the actions themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from regdesk.views.kit.keyed_dialog import KeyedDialog
from regdesk.views.kit.keys import PLOT_KEYS, SLIDER_KEYS, WINDOW_KEYS
from regdesk.views.kit.text_size import heading_font


def keys_text(action: QAction) -> str:
    """Its shortcuts as this system writes them; empty if there are none."""
    return ", ".join(keys.toString(QKeySequence.SequenceFormat.NativeText) for keys in action.shortcuts())


def plain_text(action: QAction) -> str:
    """Its text as it is read in a menu, without the mark under which Alt finds it."""
    return action.text().replace("&&", "\0").replace("&", "").replace("\0", "&")


class ShortcutsDialog(KeyedDialog):
    """Two columns, what and keys, under the headings of the menus."""

    def __init__(self, parent: QWidget, groups: Mapping[str, Sequence[QAction]]) -> None:
        super().__init__(parent)
        self.setObjectName("shortcutsDialog")
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.take_size(560, 640)
        self._list = QTreeWidget()
        self._list.setObjectName("shortcutsList")
        self._list.setAccessibleName(self.tr("Keyboard shortcuts"))
        self._list.setHeaderLabels([self.tr("What it does"), self.tr("Keys")])
        self._list.setRootIsDecorated(False)
        self._list.setAlternatingRowColors(True)
        for heading, actions in groups.items():
            self._add(heading, [(plain_text(one), keys_text(one)) for one in actions if one.shortcuts()])
        self._add(self.tr("On a slider that has the keyboard"), [(what, keys) for keys, what in SLIDER_KEYS])
        self._add(self.tr("On a plot that has the keyboard"), [(what, keys) for keys, what in PLOT_KEYS])
        self._add(self.tr("Everywhere"), [(what, keys) for keys, what in WINDOW_KEYS])
        self._list.expandAll()
        self._list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self._list.header().setStretchLastSection(False)
        # Nothing is chosen here; a bar on the first line would say so.
        self._list.setSelectionMode(QTreeWidget.SelectionMode.NoSelection)
        buttons = self.make_buttons("closeShortcutsButton")
        layout = QVBoxLayout(self)
        layout.addWidget(self._list)
        layout.addWidget(buttons)

    def rows(self) -> list[tuple[str, str]]:
        """What is listed, as (what, keys)."""
        found = []
        for number in range(self._list.topLevelItemCount()):
            heading = self._list.topLevelItem(number)
            assert heading is not None
            rows = [heading.child(row) for row in range(heading.childCount())]
            found += [(row.text(0), row.text(1)) for row in rows]
        return found

    def _add(self, heading: str, rows: list[tuple[str, str]]) -> None:
        item = QTreeWidgetItem(self._list, [heading])
        item.setFont(0, heading_font(item.font(0)))
        item.setFirstColumnSpanned(True)
        for row in rows:
            QTreeWidgetItem(item, list(row))
