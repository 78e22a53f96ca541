"""The window's side of lessons: the dock and the list, each made when it is first wanted, and what is put back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

    from regdesk.core.lessons.view import LessonEntry, LessonView
    from regdesk.views.docks.panel_docks import PanelDocks
    from regdesk.views.docks.remembered_layout import RememberedLayout
    from regdesk.views.docks.side_tabs import SideTabs
    from regdesk.views.lessons.actions import LessonActions
    from regdesk.views.lessons.dock import LessonDock
    from regdesk.views.lessons.hiding import HiddenControls
    from regdesk.views.lessons.lessons_dialog import LessonsDialog


class LessonDoor(QObject):
    """Signals: ``tour_requested()``; ``list_requested()``, to be answered with ``show_list``; ``lesson_chosen(str)``
    with its file, ``folder_chosen(str)``, to be answered with ``add_to_list``; and of the lesson that is held
    ``next_requested()``, ``back_requested()``, ``help_requested()``, ``set_up_requested()``, ``choice_made(int)``,
    ``number_given(float)``, ``next_lesson_requested()``, ``return_requested()``,
    ``left()``.
    """

    tour_requested = Signal()
    list_requested = Signal()
    lesson_chosen = Signal(str)
    folder_chosen = Signal(str)
    next_requested = Signal()
    back_requested = Signal()
    help_requested = Signal()
    set_up_requested = Signal()
    choice_made = Signal(int)
    number_given = Signal(float)
    next_lesson_requested = Signal()
    return_requested = Signal()
    left = Signal()

    def __init__(self, window: QMainWindow, actions: LessonActions, docks: PanelDocks, side: SideTabs) -> None:
        super().__init__(window)
        self._window, self._docks, self._side = window, docks, side
        self._dock: LessonDock | None = None
        self._dialog: LessonsDialog | None = None
        self._hidden: HiddenControls | None = None
        self._layout: RememberedLayout | None = None
        actions.tour.triggered.connect(self.tour_requested)
        actions.lessons.triggered.connect(self.list_requested)

    def show_lesson(self, view: LessonView) -> None:
        """The step at which the reader stands, in the dock."""
        if self._dialog is not None:
            self._dialog.hide()
        if self._dock is None:
            self._dock = self._make_dock()
        if self._dock.isHidden():
            self._dock.show()
        self._dock.show_lesson(view)

    def _make_dock(self) -> LessonDock:
        from regdesk.views.lessons.dock import LessonDock

        dock = LessonDock(self._window)
        dock.next_requested.connect(self.next_requested)
        dock.back_requested.connect(self.back_requested)
        dock.list_requested.connect(self.list_requested)
        dock.next_lesson_requested.connect(self.next_lesson_requested)
        dock.return_requested.connect(self.return_requested)
        dock.was_left.connect(self.left)
        dock.step.help_requested.connect(self.help_requested)
        dock.step.set_up_requested.connect(self.set_up_requested)
        dock.step.question.choice_made.connect(self.choice_made)
        dock.step.question.number_given.connect(self.number_given)
        self._side.add(dock)
        return dock

    def arrange(self, hidden: Sequence[str], shown: Sequence[str]) -> None:
        """Hide controls by their names, and put the panels ``shown`` in front, the first above all."""
        if self._hidden is None:
            from regdesk.views.lessons.hiding import HiddenControls

            self._hidden = HiddenControls(self._window)
        self._hidden.hide(hidden)
        self._docks.put_in_front(shown)

    def remember_layout(self) -> None:
        """Panels are put back as they stand now."""
        self._layout = self._docks.remembered()

    def put_back(self) -> None:
        """The lesson is left: controls and panels are as they were before it."""
        if self._dock is not None:
            self._dock.hide()
        if self._hidden is not None:
            self._hidden.show_all()
        if self._layout is not None:
            self._docks.bring_back(self._layout)
            self._layout = None

    def panels_in_sight(self) -> dict[str, bool]:
        """Of each panel whether it can be seen, as conditions of lessons ask for it."""
        return {f"in_sight.{dock.panel.objectName()}": not dock.isHidden() and dock.is_in_front
                for dock in self._docks.docks}  # fmt: skip

    def show_list(self, entries: Sequence[LessonEntry], named: str = "") -> None:
        """The lessons that come along, in a dialog; ``named`` is the file of the one that the reader was told of."""
        if self._dialog is None:
            from regdesk.views.lessons.lessons_dialog import LessonsDialog

            self._dialog = LessonsDialog(self._window)
            self._dialog.lesson_chosen.connect(self.lesson_chosen)
            self._dialog.folder_chosen.connect(self.folder_chosen)
        self._dialog.show_entries(entries, named)
        self._dialog.show()
        self._dialog.activateWindow()

    def add_to_list(self, heading: str, entries: Sequence[LessonEntry]) -> None:
        """The lessons of a folder."""
        if self._dialog is not None:
            self._dialog.add_entries(heading, entries)

    def show_faults(self, name: str, sentences: Sequence[str]) -> None:
        """Why a file is no lesson: each fault with its line."""
        if self._dialog is None:
            self.list_requested.emit()
        elif self._dialog.isHidden():
            self._dialog.show()
        self.show_problem("\n".join((self.tr("{name} cannot be held:").format(name=name), *sentences)))

    def show_problem(self, text: str) -> None:
        """Why something could not be opened."""
        if self._dialog is not None:
            self._dialog.show_problem(text)

    def close(self) -> None:
        """The window closes."""
        if self._dialog is not None:
            self._dialog.reject()

    def apply_theme(self) -> None:
        """Take on the colours in force."""
        if self._dock is not None:
            self._dock.apply_theme()

    def apply_text_size(self) -> None:
        """Lay out anew for text of another size."""
        if self._dock is not None:
            self._dock.apply_text_size()
