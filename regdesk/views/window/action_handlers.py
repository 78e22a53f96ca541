"""What the menus do within the window: pace, penalty, λ, ghosts, full screen, and help where one points."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWhatsThis, QWidget

from regdesk.views.controls.lambda_slider import LAMBDA_CHANGES
from regdesk.views.kit.text_size import widgets_below

if TYPE_CHECKING:
    from regdesk.views.controls.column import Controls
    from regdesk.views.plots.panel import Panel
    from regdesk.views.window.actions import Actions
    from regdesk.views.window.speed_slider import SpeedControl


class ActionHandlers(QObject):
    """Belongs to the window. ``lam`` answers with the λ in force, from which the keys go up and down."""

    def __init__(
        self,
        window: QWidget,
        actions: Actions,
        controls: Controls,
        speed: SpeedControl,
        panels: Sequence[Panel],
        lam: Callable[[], float],
    ) -> None:
        super().__init__(window)
        self._window, self._controls, self._speed, self._panels, self._lam = window, controls, speed, panels, lam
        actions.slower.triggered.connect(self._on_slower_triggered)
        actions.faster.triggered.connect(self._on_faster_triggered)
        actions.penalty_group.triggered.connect(self._on_penalty_triggered)
        actions.lambda_group.triggered.connect(self._on_lambda_triggered)
        actions.freeze.toggled.connect(self._on_freeze_toggled)
        actions.full_screen.triggered.connect(self._on_full_screen_triggered)
        actions.whats_this.triggered.connect(self._on_whats_this_triggered)

    def _on_slower_triggered(self) -> None:
        self._speed.step(-1)

    def _on_faster_triggered(self) -> None:
        self._speed.step(1)

    def _on_penalty_triggered(self, action: QAction) -> None:
        self._controls.penalty_chosen.emit(action.data())

    def _on_lambda_triggered(self, action: QAction) -> None:
        lam = LAMBDA_CHANGES[action.data()](self._lam())
        self._controls.lambda_chosen.emit(lam)

    def _on_freeze_toggled(self, is_frozen: bool) -> None:
        for panel in self._panels:
            if is_frozen:
                panel.freeze()
            else:
                panel.thaw()

    def _on_full_screen_triggered(self) -> None:
        self._window.setWindowState(self._window.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _on_whats_this_triggered(self) -> None:
        from regdesk.views.explain.links import LINK, with_link

        for widget in widgets_below(self._window):
            # A control's tool tip says what it is at the moment.
            words = widget.toolTip() or widget.whatsThis()
            # What has no tool tip may have its link already.
            if words and LINK not in words:
                widget.setWhatsThis(with_link(widget.objectName(), words))
        QWhatsThis.enterWhatsThisMode()
