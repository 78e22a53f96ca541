"""What the main window is filled with: the control column, the panels, and below them two lines of words."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from regdesk.core.words.run_sentences import shorter_objectives
from regdesk.views.controls.column_handle import ColumnHandle
from regdesk.views.docks.panel_area import PanelArea
from regdesk.views.kit import spacing, theme
from regdesk.views.kit.fitting_label import FittingLabel
from regdesk.views.kit.readout_label import ReadoutRoom
from regdesk.views.window.not_trainable_page import NotTrainablePage
from regdesk.views.window.status_row import StatusRow, name_line

if TYPE_CHECKING:
    from regdesk.core.run.frame import Frame
    from regdesk.views.controls.column import Controls
    from regdesk.views.docks.panel_docks import PanelDocks


class Centre(QWidget):
    """``handle`` folds the control column. ``pages`` holds the panels and, in their place, why there are none;
    ``status`` is the line under it, and the last line is the objective.

    Signals: ``frame_said(object)`` with a Frame when the words of a moment are due, None when there is none any more;
    ``objective_clicked()``, a click on that line.
    """

    frame_said = Signal(object)
    objective_clicked = Signal()

    def __init__(self, controls: Controls, docks: PanelDocks) -> None:
        super().__init__()
        self._docks = docks
        self.status = StatusRow()
        self._objective = FittingLabel()
        self._objective.clicked.connect(self.objective_clicked)
        self._objective_text = ""
        name_line(self._objective, "objectiveLine", self.tr("The objective with live numbers"))
        self._right = right = QVBoxLayout()
        right.setContentsMargins(0, spacing.SMALL_PX, spacing.SMALL_PX, spacing.SMALL_PX)
        right.setSpacing(spacing.SMALL_PX)
        self._panel_area = PanelArea(docks)
        self._not_trainable = NotTrainablePage(controls.data.action)
        self.pages = QStackedWidget()
        self.pages.addWidget(self._panel_area)
        self.pages.addWidget(self._not_trainable)
        right.addWidget(self.pages, stretch=1)
        right.addWidget(self.status)
        right.addWidget(ReadoutRoom(self._objective))
        self.handle = ColumnHandle()
        self._layout = layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(controls)
        layout.addWidget(self.handle)
        layout.addLayout(right, stretch=1)

    def show_column(self, is_whole: bool) -> None:
        """The control column beside the panels, or what is left of it above them."""
        directions = QBoxLayout.Direction
        self._layout.setDirection(directions.LeftToRight if is_whole else directions.TopToBottom)
        self.handle.show_whole(is_whole)
        # Beside the column its handle is the margin.
        left_px = 0 if is_whole else spacing.SMALL_PX
        self._right.setContentsMargins(left_px, spacing.SMALL_PX, spacing.SMALL_PX, spacing.SMALL_PX)

    @property
    def is_trainable(self) -> bool:
        """Whether the panels are there."""
        return self.pages.currentWidget() is self._panel_area

    def show_panels(self) -> None:
        self._show_page(self._panel_area)

    def show_not_trainable(self, title: str, sentence: str) -> None:
        """In place of the panels: what is open, by its name, and why nothing can be learnt from it."""
        self._not_trainable.show_problem(title, sentence)
        self._show_page(self._not_trainable)

    def _show_page(self, page: QWidget) -> None:
        self.pages.setCurrentWidget(page)
        for dock in self._docks.docks:
            # A floating panel is a window of its own, which does not go with the page.
            dock.panel.setVisible(page is self._panel_area or not dock.isFloating())

    def forget_run(self) -> None:
        """What is said is of no model that is there."""
        self._objective_text = ""
        self._objective.show_first_fitting("")
        self.status.reset_lived.show_lambda(None)
        self.status.forget_story()
        self.frame_said.emit(None)

    def show_words(self, frame: Frame) -> None:
        """All that is said of a moment beside the panels."""
        self.show_objective(frame)
        self.status.reset_lived.show_lambda(frame.reset_lam)
        self.status.show_story(frame.story)

    def show_objective(self, frame: Frame) -> None:
        """The last line: J in numbers, and what is known of the optimum."""
        text = f"{frame.objective} · {escape(frame.optimum)}" if frame.optimum else frame.objective
        if text != self._objective_text:
            self._objective_text = text
            self._objective.show_first_fitting(text, *shorter_objectives(frame.snapshot, frame.optimum))
        self.frame_said.emit(frame)

    def apply_theme(self) -> None:
        """Take on the colours in force."""
        theme.style_scroll_bars(self._panel_area)
        self.status.apply_theme()
