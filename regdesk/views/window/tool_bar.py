"""The toolbar: what is done again and again, the pace, and what is measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction, QActionEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolBar, QToolButton, QWidget

from regdesk.views.kit import icons, theme
from regdesk.views.kit.plain_text import SteadyLabel
from regdesk.views.kit.toggle_button import end_listening
from regdesk.views.window.speed_slider import SpeedControl

if TYPE_CHECKING:
    from regdesk.views.window.actions import Actions

_LONGEST_RATES = "888,888 steps/s · 60 frames/s"
_LONGEST_SEED = "seed 8888"


class MainToolBar(QToolBar):
    """Buttons show an icon and a word where there is room for it, and the icon alone where there is not."""

    def __init__(self, actions: Actions, samples: QMenu) -> None:
        super().__init__()
        self.setWindowTitle(self.tr("Main"))
        self.setObjectName("mainToolBar")
        self.setMovable(False)
        # It could be hidden there by mistake, and nothing would bring it back.
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setIconSize(QSize(icons.SIZE_PX, icons.SIZE_PX))
        self._samples = QToolButton()
        self._samples.setObjectName("samplesButton")
        self._samples.setText(self.tr("Samples"))
        self._samples.setAccessibleName(self.tr("Samples"))
        self._samples.setToolTip(self.tr("Data that come with regdesk, each with a sentence on what to try"))
        self._samples.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._samples.setMenu(samples)
        self.addAction(actions.open)
        self.addWidget(self._samples)
        self.addSeparator()
        shown = (
            actions.open, actions.run, actions.step, actions.reset, actions.new_seed, actions.freeze, actions.sweep,
            actions.use_best_lambda, actions.solve,
        )  # fmt: skip
        self.addActions(shown[1:])
        self._changing = {
            actions.run: (self.tr("Run"), self.tr("Pause")),
            actions.sweep: (self.tr("Sweep"), self.tr("Cancel")),
            actions.use_best_lambda: (self.tr("Use best"), self.tr("Best so far")),
        }
        self._buttons = [self._samples]
        for action in shown:
            button = self.widgetForAction(action)
            assert isinstance(button, QToolButton)
            button.setObjectName(action.objectName().replace("Action", "Button"))
            button.setAccessibleName(action.toolTip())
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._buttons.append(button)
        self._samples.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.addSeparator()
        self.speed = SpeedControl()
        self.addWidget(self.speed)
        self.addWidget(_spacer())
        self._seed = SteadyLabel(_LONGEST_SEED)
        self._rates = SteadyLabel(_LONGEST_RATES)
        self._rates.setToolTip(self.tr("Optimiser steps and pictures per second, measured"))
        self._measured = []
        for label in (self._seed, self._rates):
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._measured.append(self.addWidget(label))
        self._leave = self.addWidget(_leave_button(actions.view.lecture))
        self._leave.setVisible(False)
        self._full_width_px = 0
        # What has no room even without words is behind the last button.
        more = self.findChild(QToolButton, "qt_toolbar_ext_button")
        assert more is not None
        more.setAccessibleName(self.tr("What has no room in the toolbar"))
        more.setToolTip(more.accessibleName())
        # Qt's own picture is black on every ground.
        more.setArrowType(Qt.ArrowType.RightArrow)

    def show_seed(self, seed: int) -> None:
        self._seed.setText(self.tr("seed {seed}").format(seed=seed))

    def show_rates(self, steps_per_second: float, frames_per_second: float) -> None:
        self._rates.setText(
            self.tr("{steps:,.0f} steps/s · {frames:.0f} frames/s").format(
                steps=steps_per_second, frames=frames_per_second
            )
        )

    def show_lecture(self, is_on: bool) -> None:
        """In a lecture the way out of it stands where else measurements do, which nobody could read from afar."""
        if is_on == self._leave.isVisible():
            return
        for measured in self._measured:
            measured.setVisible(not is_on)
        self._leave.setVisible(is_on)
        self.apply_text_size()

    def apply_theme(self) -> None:
        self._samples.setIcon(icons.icon("samples"))
        quiet = f"color: {theme.colours().quiet_text}; padding-right: 8px"
        self._seed.setStyleSheet(quiet)
        self._rates.setStyleSheet(quiet)
        self.apply_text_size()

    def apply_text_size(self) -> None:
        """Words beside the icons as long as text of this size has room."""
        self._measure()
        self._choose_style()

    def actionEvent(self, event: QActionEvent) -> None:
        super().actionEvent(event)
        if event.type() == QEvent.Type.ActionChanged:
            # Qt has made the buttons here; each has its turn after the bar, so what it hears is of the change before.
            end_listening(event.action(), self.widgetForAction(event.action()))

    def showEvent(self, event: QShowEvent) -> None:
        # Before it has its style what is in it says that it needs 10 pixels more.
        self.apply_text_size()
        super().showEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._choose_style()
        super().resizeEvent(event)

    def _measure(self) -> None:
        """How much room words need, those that change at the longer of their two: nothing beside may move."""
        self._set_style(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._width_px = {}
        for action, words in self._changing.items():
            button = self.widgetForAction(action)
            metrics = button.fontMetrics()
            margin_px = button.sizeHint().width() - metrics.horizontalAdvance(action.iconText())
            self._width_px[action] = margin_px + max(metrics.horizontalAdvance(word) for word in words)
            button.setMinimumWidth(self._width_px[action])
        self._full_width_px = self.sizeHint().width()

    def _choose_style(self) -> None:
        has_room = self.width() >= self._full_width_px
        style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon if has_room else Qt.ToolButtonStyle.ToolButtonIconOnly
        if style != self.toolButtonStyle():
            # Before the icons alone are laid out: a button that has to be wider covers the next one.
            for action, width_px in self._width_px.items():
                self.widgetForAction(action).setMinimumWidth(width_px if has_room else 0)
            self._set_style(style)
            # At once: the buttons would keep the places of words until something else moves the bar.
            layout = self.layout()
            if layout is not None:
                layout.invalidate()
                layout.activate()

    def _set_style(self, style: Qt.ToolButtonStyle) -> None:
        self.setToolButtonStyle(style)
        # A button that was put in as a widget does not follow the toolbar.
        self._samples.setToolButtonStyle(style)


def _spacer() -> QWidget:
    """What takes the room between what is done and what is measured."""
    spacer = QWidget()
    spacer.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return spacer


def _leave_button(lecture: QAction) -> QToolButton:
    button = QToolButton()
    button.setObjectName("leaveLectureButton")
    button.setText(button.tr("End lecture"))
    button.setAccessibleName(button.text())
    button.setToolTip(button.tr("Everything as it was before the lecture (F9)"))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.clicked.connect(lecture.trigger)
    return button
