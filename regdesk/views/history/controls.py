"""The line under the history: how its axes are drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QMenu, QSizePolicy, QWidget

from regdesk.core.settings.settings_table import setting_at
from regdesk.core.words.number_text import number_text
from regdesk.views.kit import spacing, theme
from regdesk.views.kit.setting_controls import entries_of, setting_slim_box, setting_toggle, show_datum

if TYPE_CHECKING:
    from regdesk.core.settings.configuration import ViewSettings

MOST_WIDTH_PX = 200
LOG, SMOOTHING, SHARE, EPOCHS, CHANGES = (
    f"view.{name}" for name in ("is_log_loss", "smoothing", "span_share", "span_epochs", "shows_changes")
)  # fmt: skip


class HistoryControls(QWidget):
    """Signal: ``settings_chosen(object)`` with the values of settings by path."""

    settings_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.log = setting_toggle(LOG)
        self.smoothing = setting_slim_box(SMOOTHING, MOST_WIDTH_PX)
        # Its entries are pairs: a share of all epochs, or so many of them.
        self.span = setting_slim_box(EPOCHS, MOST_WIDTH_PX)
        self.span.clear()
        self.span.addItem(self.tr("all"), (None, None))
        for share, text, _tip in entries_of(SHARE):
            self.span.addItem(text, (share, None))
        for n_epochs, text, _tip in entries_of(EPOCHS):
            self.span.addItem(text, (None, n_epochs))
        # The boxes beside it give way.
        self._name = QLabel(self.tr("epoch"))
        self._name.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(spacing.SMALL_PX)
        for widget in (self.log, self.smoothing):
            layout.addWidget(widget)
        layout.addWidget(self._name, stretch=1)
        layout.addWidget(self.span)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._log_action = QAction(setting_at(LOG).label, self)
        self._log_action.setCheckable(True)
        changes = setting_at(CHANGES)
        self._changes_action = QAction(changes.label, self)
        self._changes_action.setObjectName(changes.control)
        self._changes_action.setToolTip(changes.tip)
        self._changes_action.setCheckable(True)
        self._span_menu = _BoxMenu(setting_at(EPOCHS).beside, self.span)
        self._smoothing_menu = _BoxMenu(setting_at(SMOOTHING).beside, self.smoothing)
        self.log.toggled.connect(self._on_log_toggled)
        self._log_action.triggered.connect(self._on_log_triggered)
        self._changes_action.triggered.connect(self._on_changes_triggered)
        self.smoothing.currentIndexChanged.connect(self._on_smoothing_changed)
        self.span.currentIndexChanged.connect(self._on_span_changed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_name()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            # In a picture to take away there are no boxes.
            self._fit_name()
        return super().event(event)

    def _fit_name(self) -> None:
        """Words that nobody chooses give way before those of a box are cut, and then a word of the button."""
        boxes = [box for box in (self.log, self.smoothing, self.span) if not box.isHidden()]
        whole, short = setting_at(LOG).beside, self.tr("Log")
        wanted_px = sum(box.sizeHint().width() for box in boxes) + spacing.SMALL_PX * (len(boxes) - 1)
        if self.log.text() == short:
            wanted_px += self.fontMetrics().horizontalAdvance(whole) - self.fontMetrics().horizontalAdvance(short)
        self._name.setHidden(wanted_px + spacing.SMALL_PX + self._name.sizeHint().width() > self.width())
        text = short if wanted_px > self.width() else whole
        if self.log.text() != text:
            self.log.setText(text)

    def show_view_settings(self, view: ViewSettings) -> None:
        """What is in force, without a signal; what no list offers gets an entry of its own."""
        with QSignalBlocker(self.log):
            self.log.setChecked(view.is_log_loss)
        self._changes_action.setChecked(view.shows_changes)
        text = self.tr("smoothed over {percent} %").format(percent=number_text(100.0 * view.smoothing))
        show_datum(self.smoothing, view.smoothing, text)
        share, n_epochs = view.span_share, view.span_epochs
        if n_epochs is not None:
            # Where both are chosen this one counts.
            show_datum(self.span, (None, n_epochs), self.tr("last {n:,.6g}").format(n=n_epochs))
        elif share is not None:
            show_datum(self.span, (share, None), self.tr("last {n:.6g} %").format(n=100.0 * share))
        else:
            show_datum(self.span, (None, None))

    def menu_actions(self) -> list[QAction]:
        """The same for a context menu, with what is in force ticked."""
        self._log_action.setChecked(self.log.isChecked())
        self._span_menu.fill()
        self._smoothing_menu.fill()
        menus = [self._span_menu.menuAction(), self._smoothing_menu.menuAction()]
        return [self._log_action, *menus, self._changes_action]

    def apply_theme(self) -> None:
        """Take on the colours in force."""
        self.log.apply_theme()
        self._name.setStyleSheet(f"color: {theme.colours().quiet_text}")

    def _on_log_toggled(self, is_log: bool) -> None:
        self.settings_chosen.emit({LOG: is_log})

    def _on_log_triggered(self, is_log: bool) -> None:
        self.log.setChecked(is_log)

    def _on_changes_triggered(self, is_on: bool) -> None:
        self.settings_chosen.emit({CHANGES: is_on})

    def _on_smoothing_changed(self, _index: int) -> None:
        self.settings_chosen.emit({SMOOTHING: self.smoothing.currentData()})

    def _on_span_changed(self, _index: int) -> None:
        share, n_epochs = self.span.currentData()
        self.settings_chosen.emit({SHARE: share, EPOCHS: n_epochs})


class _BoxMenu(QMenu):
    """The entries of a box once more; to trigger one is to choose it in the box."""

    def __init__(self, title: str, box: QComboBox) -> None:
        super().__init__(title, box)
        self._box, self._group = box, QActionGroup(self)
        self._group.triggered.connect(self._on_triggered)

    def fill(self) -> None:
        """As the box is now."""
        for action in self._group.actions():
            self._group.removeAction(action)
        self.clear()
        for index in range(self._box.count()):
            action = self.addAction(self._box.itemText(index))
            action.setCheckable(True)
            action.setChecked(index == self._box.currentIndex())
            action.setData(index)
            self._group.addAction(action)

    def _on_triggered(self, action: QAction) -> None:
        self._box.setCurrentIndex(action.data())
