"""The line under the history: how its axes are drawn."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QMenu, QSizePolicy, QWidget

from regdesk.core.run.span import HistorySpan
from regdesk.views.kit import theme
from regdesk.views.kit.slim_box import make_slim_box
from regdesk.views.kit.toggle_button import ToggleButton

MOST_WIDTH_PX = 200
SMOOTHINGS = (0.0, 0.01, 0.05)
"""Shares of the time axis over which a loss is averaged; 0 is off."""


class HistoryControls(QWidget):
    """Signals: ``log_toggled(bool)``, ``smoothing_chosen(float)`` with a share of the axis, ``span_chosen(object)``."""

    log_toggled = Signal(bool)
    smoothing_chosen = Signal(float)
    span_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._spans = (
            (self.tr("all epochs"), HistorySpan()),
            (self.tr("last 10 %"), HistorySpan(share=0.1)),
            (self.tr("last 10,000"), HistorySpan(n_epochs=10_000.0)),
            (self.tr("last 1,000"), HistorySpan(n_epochs=1_000.0)),
            (self.tr("last 100"), HistorySpan(n_epochs=100.0)),
        )
        self.log = ToggleButton(
            "logAxisButton",
            self.tr("Log axis"),
            self.tr("Logarithmic loss axis: equal factors are equally far apart"),
        )
        self.smoothing = make_slim_box(
            "smoothingBox",
            self.tr("Smoothing of the losses"),
            self.tr("Exponential moving average over 1 % or 5 % of the axis; the losses themselves stay behind, pale"),
            most_px=MOST_WIDTH_PX,
        )
        for text in (self.tr("not smoothed"), self.tr("smoothed lightly"), self.tr("smoothed strongly")):
            self.smoothing.addItem(text)
        self.span = make_slim_box(
            "historySpanBox",
            self.tr("Epochs shown"),
            self.tr("All epochs, or the last ones, to see late detail"),
            most_px=MOST_WIDTH_PX,
        )
        for text, _ in self._spans:
            self.span.addItem(text)
        # The boxes beside it give way.
        self._name = QLabel(self.tr("epoch"))
        self._name.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        for widget in (self.log, self.smoothing):
            layout.addWidget(widget)
        layout.addWidget(self._name, stretch=1)
        layout.addWidget(self.span)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._log_action = QAction(self.tr("Logarithmic axis"), self)
        self._log_action.setCheckable(True)
        self._span_menu, self._span_actions = self._menu_of(self.tr("Epochs shown"), self.span)
        self._smoothing_menu, self._smoothing_actions = self._menu_of(self.tr("Smoothing"), self.smoothing)
        self.log.toggled.connect(self._on_log_toggled)
        self._log_action.toggled.connect(self.log.setChecked)
        self.smoothing.currentIndexChanged.connect(self._on_smoothing_chosen)
        self.span.currentIndexChanged.connect(self._on_span_chosen)
        self._span_actions.triggered.connect(self._on_span_triggered)
        self._smoothing_actions.triggered.connect(self._on_smoothing_triggered)

    def menu_actions(self) -> list[QAction]:
        """The same for a context menu, with what is in force ticked."""
        self._log_action.setChecked(self.log.isChecked())
        self._span_actions.actions()[self.span.currentIndex()].setChecked(True)
        self._smoothing_actions.actions()[self.smoothing.currentIndex()].setChecked(True)
        return [self._log_action, self._span_menu.menuAction(), self._smoothing_menu.menuAction()]

    def apply_theme(self) -> None:
        """Take on the colours in force."""
        self.log.apply_theme()
        self._name.setStyleSheet(f"color: {theme.colours().quiet_text}")

    def _menu_of(self, title: str, box: QComboBox) -> tuple[QMenu, QActionGroup]:
        menu, group = QMenu(title, self), QActionGroup(self)
        for index in range(box.count()):
            action = menu.addAction(box.itemText(index))
            action.setCheckable(True)
            action.setData(index)
            group.addAction(action)
        return menu, group

    def _on_log_toggled(self, is_log: bool) -> None:
        self._log_action.setChecked(is_log)
        self.log_toggled.emit(is_log)

    def _on_smoothing_chosen(self, index: int) -> None:
        self.smoothing_chosen.emit(SMOOTHINGS[index])

    def _on_span_chosen(self, index: int) -> None:
        self.span_chosen.emit(self._spans[index][1])

    def _on_span_triggered(self, action: QAction) -> None:
        self.span.setCurrentIndex(action.data())

    def _on_smoothing_triggered(self, action: QAction) -> None:
        self.smoothing.setCurrentIndex(action.data())
