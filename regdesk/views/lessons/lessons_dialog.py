"""The list of lessons: one sentence each, and a tick where one has been learnt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from regdesk.core.words.safe_text import safe_line, safe_text
from regdesk.views.kit.keyed_dialog import KeyedDialog
from regdesk.views.kit.plain_text import PlainLabel, tool_tip
from regdesk.views.kit.text_size import heading_font, scaled_px
from regdesk.views.lessons.entry_delegate import EntryDelegate

if TYPE_CHECKING:
    from regdesk.core.lessons.view import LessonEntry

PATTERN = "*.md"
_PATH = Qt.ItemDataRole.UserRole


class LessonsDialog(KeyedDialog):
    """Signals: ``lesson_chosen(str)`` and ``folder_chosen(str)`` with the path."""

    lesson_chosen = Signal(str)
    folder_chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("lessonsDialog")
        self.setWindowTitle(self.tr("Lessons"))
        self.resize(min(scaled_px(560), parent.width()), min(scaled_px(600), parent.height()))
        words = PlainLabel(self.tr("Each takes a few minutes, and is done in the window."))
        words.setWordWrap(True)
        self.lessons = QListWidget()
        self.lessons.setObjectName("lessonsList")
        self.lessons.setAccessibleName(self.tr("Lessons"))
        self.lessons.setItemDelegate(EntryDelegate(self.lessons))
        self.lessons.setAlternatingRowColors(True)
        self.lessons.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.lessons.setTextElideMode(Qt.TextElideMode.ElideNone)
        self._problem = PlainLabel()
        self._problem.setObjectName("lessonsProblem")
        self._problem.setAccessibleName(self.tr("What is wrong in this lesson"))
        self._problem.setWordWrap(True)
        self._problem.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._problem.hide()
        self._begin = _button("beginLessonButton", self.tr("Be&gin"), self.tr("Begin the lesson that is selected"))
        file = _button("openLessonButton", self.tr("&Open a file…"), self.tr("A lesson that somebody has written"))
        folder = _button("openLessonsFolderButton", self.tr("Open a &folder…"), self.tr("All lessons in a folder"))
        close: QDialogButtonBox = self.make_buttons("closeLessonsButton")
        buttons = QHBoxLayout()
        for button in (self._begin, file, folder):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        for widget in (words, self.lessons, self._problem):
            layout.addWidget(widget, stretch=int(widget is self.lessons))
        layout.addLayout(buttons)
        self._begin.setDefault(True)
        self._begin.clicked.connect(self._on_begin_clicked)
        self.lessons.itemActivated.connect(self._on_item_activated)
        self.lessons.currentItemChanged.connect(self._on_current_changed)
        file.clicked.connect(self._on_file_clicked)
        folder.clicked.connect(self._on_folder_clicked)

    def show_entries(self, entries: Sequence[LessonEntry], named: str = "") -> None:
        """All lessons; the one in the file ``named`` is selected, else the first that has not been learnt."""
        self.lessons.clear()
        self._add(entries)
        first = next((row for row, one in enumerate(entries) if not one.is_learnt), 0)
        self.lessons.setCurrentRow(next((row for row, one in enumerate(entries) if named and one.path == named), first))
        self.lessons.setFocus()

    def add_entries(self, heading: str, entries: Sequence[LessonEntry]) -> None:
        """Further lessons under the name of their folder; the first of them is selected."""
        item = QListWidgetItem(safe_line(heading), self.lessons)
        item.setFont(heading_font(item.font()))
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        row = self.lessons.count()
        self._add(entries)
        self.lessons.setCurrentRow(row)
        self.lessons.setFocus()

    def show_problem(self, text: str) -> None:
        """Why something could not be opened, a line each; empty where all is well."""
        self._problem.setText(text)
        self._problem.setVisible(bool(text))
        # The list is less high when it has been laid out.
        QTimer.singleShot(0, self, self._show_current)

    def _show_current(self) -> None:
        self.lessons.scrollToItem(self.lessons.currentItem())

    def _add(self, entries: Sequence[LessonEntry]) -> None:
        for entry in entries:
            item = QListWidgetItem(_words(entry), self.lessons)
            item.setData(_PATH, "" if entry.problem else entry.path)
            item.setData(_PATH + 1, entry.problem)
            item.setToolTip(tool_tip(safe_text(entry.problem or entry.about)))
        self._fit_rows()

    def _fit_rows(self) -> None:
        """How high a line is follows from how wide the list is."""
        self.lessons.doItemsLayout()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit_rows()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_rows()

    def _on_begin_clicked(self) -> None:
        item = self.lessons.currentItem()
        if item is not None and item.data(_PATH):
            self.lesson_chosen.emit(item.data(_PATH))

    def _on_item_activated(self, _item: QListWidgetItem) -> None:
        self._on_begin_clicked()

    def _on_current_changed(self, item: QListWidgetItem | None) -> None:
        self._begin.setEnabled(item is not None and bool(item.data(_PATH)))
        self.show_problem(item.data(_PATH + 1) or "" if item is not None else "")

    def _on_file_clicked(self) -> None:
        patterns = self.tr("Lessons ({pattern})").format(pattern=PATTERN)
        file, _ = QFileDialog.getOpenFileName(self, self.tr("Open a lesson"), "", patterns)
        if file:
            self.lesson_chosen.emit(file)

    def _on_folder_clicked(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Open a folder of lessons"))
        if folder:
            self.folder_chosen.emit(folder)


def _words(entry: LessonEntry) -> str:
    """Title and sentence; a tick, or how far one has got."""
    if entry.problem:
        first = entry.problem.partition("\n")[0]
        return safe_text(f"✗  {entry.title}\n{first}")
    mark = "✓  " if entry.is_learnt else ""
    # A step that was passed over is still to be done: a number of done ones would not say where one begins again.
    reached = f"  (goes on at step {entry.n_done + 1} of {entry.n_steps})" if 0 < entry.n_done < entry.n_steps else ""
    return f"{mark}{safe_line(entry.title)}{reached}\n{safe_line(entry.about)}"


def _button(name: str, text: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(name)
    button.setAccessibleName(tip)
    button.setToolTip(tip)
    button.setAutoDefault(False)
    return button
