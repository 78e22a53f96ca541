"""How the window as a whole is looked at: what is chosen of it, and what is in force of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication

from regdesk.core.settings.view_table import LARGEST_TEXT, SMALLEST_TEXT
from regdesk.views.kit.text_size import apply_text_percent
from regdesk.views.looks.lecture_pointer import lecture_pointer

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

    from regdesk.core.settings.configuration import ViewSettings
    from regdesk.views.docks.panel_docks import PanelDocks
    from regdesk.views.looks.view_actions import ViewActions

STEP_PERCENT, USUAL_PERCENT = 25, 100


class Looks(QObject):
    """Belongs to the window. Signals: ``settings_chosen(object)`` with the values of settings by path;
    ``column_shown(bool)``, whether the control column is there as a whole; ``text_size_shown(int)`` in percent;
    ``lecture_shown(bool)``, whether there is one.
    """

    settings_chosen = Signal(object)
    column_shown = Signal(bool)
    text_size_shown = Signal(int)
    lecture_shown = Signal(bool)

    def __init__(
        self,
        window: QMainWindow,
        docks: PanelDocks,
        actions: ViewActions,
        view: Callable[[], ViewSettings],
        is_narrow: Callable[[], bool],
    ) -> None:
        """``view`` answers with what is in force, ``is_narrow`` whether the window is for the column as a whole."""
        super().__init__(window)
        self._window, self._docks, self._actions, self._view = window, docks, actions, view
        self._is_narrow = is_narrow
        self._has_pointer = False
        self._size_before: QSize | None = None
        self._percent = USUAL_PERCENT
        self._text_size = _SizeUnderText(window)
        actions.layout_group.triggered.connect(self._on_layout_triggered)
        actions.lecture.triggered.connect(self._on_lecture_triggered)
        actions.column.triggered.connect(self.turn_column)
        actions.larger.triggered.connect(self._on_larger_triggered)
        actions.smaller.triggered.connect(self._on_smaller_triggered)
        actions.usual.triggered.connect(self._on_usual_triggered)

    def show(self, view: ViewSettings) -> None:
        """Have the window as ``view`` says."""
        actions = self._actions
        self._docks.note_view(view)
        actions.layouts[view.layout].setChecked(True)
        actions.lecture.setChecked(view.lecture.is_on)
        percent = view.seen_text_percent
        actions.larger.setEnabled(percent < LARGEST_TEXT)
        actions.smaller.setEnabled(percent > SMALLEST_TEXT)
        actions.usual.setEnabled(percent != USUAL_PERCENT)
        self.text_size_shown.emit(percent)
        self.lecture_shown.emit(view.lecture.is_on)
        self._point(view.lecture.is_on)
        if view.lecture.is_on and self._size_before is None:
            self._size_before = self._window.size()
        if percent != self._percent:
            self._percent = percent
            self._text_size.note()
        apply_text_percent(percent)
        self.fit_column()
        self._docks.show_view_settings(view)
        if not view.lecture.is_on and self._size_before is not None:
            # What is in the window hears later of text of another size.
            QTimer.singleShot(0, self, self._on_settled)

    def fit_column(self) -> None:
        """The control column as it was chosen; where nobody has, folded in a window that is narrow for it."""
        is_whole = self._is_column_whole
        self._actions.column.setChecked(is_whole)
        self.column_shown.emit(is_whole)

    @property
    def _is_column_whole(self) -> bool:
        view = self._view()
        folds = not view.lecture.is_on and not view.is_column_chosen and self._is_narrow()
        return view.is_column_seen and not folds

    def turn_column(self) -> None:
        """The whole control column, or the penalty and λ alone; from now on it stays so in any window."""
        is_whole = not self._is_column_whole
        if self._view().lecture.is_on:
            self._choose("has_column", is_whole)
        else:
            self.settings_chosen.emit({"view.has_column": is_whole, "view.is_column_chosen": True})

    def stop(self) -> None:
        """The window closes: what belongs to the application is as it was."""
        self._point(False)
        apply_text_percent(USUAL_PERCENT)

    def _point(self, is_highlighted: bool) -> None:
        """Whether the pointer can be followed by a room full of people."""
        if is_highlighted != self._has_pointer:
            self._has_pointer = is_highlighted
            if is_highlighted:
                QGuiApplication.setOverrideCursor(lecture_pointer())
            else:
                QGuiApplication.restoreOverrideCursor()

    def _choose(self, name: str, value: object) -> None:
        """A setting that a lecture has for itself."""
        group = "view.lecture" if self._view().lecture.is_on else "view"
        self.settings_chosen.emit({f"{group}.{name}": value})

    def _choose_text(self, percent: int) -> None:
        self._choose("text_percent", min(max(percent, SMALLEST_TEXT), LARGEST_TEXT))

    def _on_settled(self) -> None:
        window, view = self._window, self._view()
        if not view.lecture.is_on and self._size_before is not None:
            # Larger text may have made it larger.
            if not (window.isMaximized() or window.isFullScreen()):
                window.resize(self._size_before)
            self._size_before = None
        _settle_layouts()
        self._docks.end_lecture()

    def _on_layout_triggered(self, action: QAction) -> None:
        self._docks.choose_layout(action.data())

    def _on_lecture_triggered(self, is_on: bool) -> None:
        self.settings_chosen.emit({"view.lecture.is_on": is_on})

    def _on_larger_triggered(self) -> None:
        self._choose_text((self._view().seen_text_percent // STEP_PERCENT + 1) * STEP_PERCENT)

    def _on_smaller_triggered(self) -> None:
        self._choose_text((-(-self._view().seen_text_percent // STEP_PERCENT) - 1) * STEP_PERCENT)

    def _on_usual_triggered(self) -> None:
        self._choose_text(USUAL_PERCENT)


def _settle_layouts() -> None:
    """Of what is smaller again a layout hears from the one within it, one level for each request: until all have
    heard, panels seem to need the room of large text, and their docks would be given it.
    """
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)


class _SizeUnderText(QObject):
    """Has a window as large as a person left it, whatever room its words have needed for a while."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._wanted: QSize | None = None
        self._forced: QSize | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_settled)

    def note(self) -> None:
        """Text of another size comes: while the layouts hear of it, one after the other, the window may grow."""
        if self._timer.isActive():
            return
        if self._window.size() != self._forced:
            # As a person has it; what larger text has made of it is not what was wanted.
            self._wanted = self._window.size()
        self._timer.start()

    def _on_settled(self) -> None:
        window = self._window
        _settle_layouts()
        if self._wanted is not None and not (window.isMaximized() or window.isFullScreen()):
            window.resize(self._wanted)
            self._forced = window.size()
