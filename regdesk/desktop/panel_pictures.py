"""Pictures of every panel of the window that shows a finished sweep, made with no window on any screen."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from regdesk.cli.arguments import SweepArguments, WindowArguments
from regdesk.cli.pictures import PicturesFailed
from regdesk.core.settings.configuration import with_values
from regdesk.desktop import program
from regdesk.desktop.preferences import Preferences
from regdesk.session.geometry_service import NOT_READY
from regdesk.system import signals
from regdesk.tasks.sweep_curves import curve_of_result
from regdesk.views.export.picture_sheet import PictureSheet
from regdesk.views.geometry.words import INVITATION
from regdesk.views.kit.theme import apply_theme, colours

if TYPE_CHECKING:
    from regdesk.core.model.dataset import Dataset
    from regdesk.core.run.frame import Frame
    from regdesk.data.csv.table import Table
    from regdesk.session.controller import Controller
    from regdesk.tasks.linear_sweep import Sweep
    from regdesk.tasks.network_sweep import NetworkResult
    from regdesk.views.window.main_window import MainWindow

MOST_EPOCHS, LEAST_EPOCHS = 500, 20
MOST_PRODUCTS = 5e9
"""Of a weight and a cell, in all epochs together: some seconds."""


def draw_panels(arguments: SweepArguments, table: Table, sweep: Sweep | NetworkResult) -> dict[str, bytes]:
    """PNG and SVG of every panel by the names of their files, such as ``lambdaPanel.png``; in light colours.

    The window is that of the same table and options with ``sweep`` in it; its model has been trained at λ_best from
    the seed's weights for a number of epochs that depends on nothing but the size of the data. No settings are read or
    written. Raises PicturesFailed with a sentence, and KeyboardInterrupt.
    """
    application = QApplication.instance()
    before = colours() if isinstance(application, QApplication) else None
    with _Watch() as watch:
        window, controller = program.build(_window_arguments(arguments, sweep), Preferences(None), table)
        try:
            frame = _Showing(window, controller, arguments, sweep).wait(watch)
            controller.shut_down()
            # How many moments were drawn on the way depends on what else the machine does; a picture must not.
            window.show_anew(frame)
            watch.raise_problem()
            pictures: dict[str, bytes] = {}
            for dock in window.docks.docks:
                pictures |= PictureSheet(dock.panel, partial(dock.setWidget, dock.panel)).pictures()
                watch.raise_problem()
            return pictures
        finally:
            controller.shut_down()
            window.close()
            window.deleteLater()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            if before is not None and isinstance(application, QApplication):
                apply_theme(application, before)


def n_epochs_of(dataset: Dataset, n_weights: int) -> int:
    """How long the model in the pictures has trained."""
    products = len(dataset.split.train) * n_weights
    return int(min(max(MOST_PRODUCTS / max(products, 1), LEAST_EPOCHS), MOST_EPOCHS))


def _window_arguments(arguments: SweepArguments, sweep: Sweep | NetworkResult) -> WindowArguments:
    configuration = arguments.configuration
    lam = sweep.points[sweep.best].lam
    return WindowArguments(
        configuration=with_values(configuration, {"training.lam": lam, "view.steps_per_second": None}),
        starts_running=False,
        screenshot=None,
        after_s=0.0,
        theme="light",
    )


class _Showing:
    """Gives the window the sweep when it has the data, and lets its model train when it has one."""

    def __init__(
        self, window: MainWindow, controller: Controller, arguments: SweepArguments, sweep: Sweep | NetworkResult
    ) -> None:
        self._window, self._controller, self._sweep = window, controller, sweep
        self._epochs_left_for: float | None = None
        self._frame: Frame | None = None
        self._is_done = self._is_drawn = False
        self._problem = ""
        controller.frame_shown.connect(self._on_frame_shown)
        controller.load_failed.connect(self._on_load_failed)

    def wait(self, watch: _Watch) -> Frame:
        """Until the panels hold what is to be drawn, which is the moment returned."""
        while self._frame is None or not (self._is_done and self._has_geometry() and self._has_calculation()):
            # The frame clock ends every wait.
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            watch.raise_problem()
            if self._problem:
                raise PicturesFailed(self._problem)
        return self._frame

    def _has_geometry(self) -> bool:
        """Whether the panel of the geometry has its picture, or has said why there is none."""
        if not self._is_drawn:
            panel = self._window.plane_geometry
            self._window.docks.bring_up(panel)
            is_refused = panel.has_refused and panel.readout not in (INVITATION, NOT_READY)
            self._is_drawn = not panel.is_seen or panel.is_settled or is_refused
        return self._is_drawn

    def _has_calculation(self) -> bool:
        """Whether the calculator shows the answers of the moment that is drawn."""
        panel = self._window.calculator
        self._window.docks.bring_up(panel)
        found, frame = panel.calculation, self._frame
        is_newest = found is not None and frame is not None and found.model.parameters is frame.snapshot.parameters
        # In a window without room nobody sees it.
        return not panel.is_seen or is_newest

    def _on_frame_shown(self, frame: Frame) -> None:
        if self._epochs_left_for is None:
            self._controller.adopt_sweep(curve_of_result(self._sweep))
            n_weights = frame.snapshot.n_weights
            self._epochs_left_for = n_epochs = n_epochs_of(self._sweep.folds.whole, n_weights)
            for _ in range(n_epochs):
                self._window.epoch_requested.emit()
        self._frame, snapshot = frame, frame.snapshot
        self._is_done = snapshot.has_diverged or round(snapshot.epoch) >= self._epochs_left_for

    def _on_load_failed(self, sentence: str) -> None:
        self._problem = sentence


class _Watch:
    """Hears of signals, of errors in slots and of Qt's words: in an event loop of Qt none of these gets out."""

    def __init__(self) -> None:
        self._error: BaseException | None = None

    def __enter__(self) -> _Watch:
        self._held = ExitStack()
        self._raise_noted = self._held.enter_context(signals.held())
        self._hook, sys.excepthook = sys.excepthook, self._on_error
        self._messages = qInstallMessageHandler(lambda *_: None)
        return self

    def __exit__(self, *_: object) -> None:
        sys.excepthook = self._hook
        qInstallMessageHandler(self._messages)
        self._held.close()

    def raise_problem(self) -> None:
        self._raise_noted()
        if self._error is not None:
            raise self._error

    def _on_error(self, _kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        self._error = self._error or error
