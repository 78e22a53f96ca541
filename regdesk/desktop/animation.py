"""Takes pictures of the window at moments spread over the run, and makes a film of them, or numbered files."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QTimer, Signal
from PySide6.QtGui import QImageWriter

from regdesk.cli.live_commands import live_fit_words
from regdesk.core.stopping import Stopped
from regdesk.data.files.whole_files import NotOnDisk, StagedFiles, reason_of
from regdesk.tasks.live_provenance import short_provenance
from regdesk.views.calculator.panel import CalculatorPanel
from regdesk.views.geometry.panel import GeometryPanel
from regdesk.workers.background import BackgroundThread

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from regdesk.session.controller import Controller
    from regdesk.views.export.animation_request import AnimationRequest
    from regdesk.views.plots.panel import Panel
    from regdesk.views.window.main_window import MainWindow

PILLOW = (
    "Animated WebP and GIF are written by the package 'pillow', which is not installed; install it with "
    "pip install 'regdesk[animation]', or save numbered PNG pictures."
)
PICTURES_SHARE = 0.5
"""Of the work: the rest is packing them into one file."""
LOOK_EVERY_MS, PATIENCE_MS = 16, 2_000
"""What is calculated for a moment, such as a geometry, is waited for so long."""
PNG_QUALITY = 70
"""Of Qt's scale: a tenth larger than the smallest, in a third of the time."""


def missing_package() -> str:
    """Why there can be no moving files, one sentence; empty where there can."""
    return "" if find_spec("PIL") is not None else PILLOW


class Animation(QObject):
    """One at a time. Signals: ``progressed(float)``, ``written(int)`` with the number of files, ``failed(str)`` with
    what could not be done; nothing comes after ``cancel``.

    The window goes from moment to moment as by hand, and is back at now before files are written.
    """

    progressed = Signal(float)
    written = Signal(int)
    failed = Signal(str)

    def __init__(self, window: MainWindow, controller: Controller) -> None:
        super().__init__(window)
        self._window, self._controller, self._travel = window, controller, controller.travel.travel
        self._request: AnimationRequest | None = None
        self._places: list[int] = []
        self._pictures: list[bytes] = []
        # Where the last of them comes from.
        self._notes = ""
        # The first that is written.
        self._file = Path()
        self._was_running = False
        self._n_looks_left = 0
        self._look = QTimer(self)
        self._look.setInterval(LOOK_EVERY_MS)
        self._look.timeout.connect(self._on_look_due)
        self._travel.reached.connect(self._on_reached)
        self._travel.left.connect(self._on_left)
        self._thread = BackgroundThread(self)
        self._thread.setObjectName("film")
        self._thread.succeeded.connect(self._on_succeeded)
        self._thread.failed.connect(self._on_failed)
        self._thread.progressed.connect(self._on_packed)
        window.closed.connect(self.stop)

    def begin(self, request: AnimationRequest) -> None:
        """Make what is wanted. The model rests meanwhile, and trains on afterwards if it did before."""
        self._request, self._was_running = request, self._travel.rests_from_running
        self._places, self._pictures = [], []
        panel = self._panel(request.panel)
        if panel is not None:
            self._window.docks.bring_up(panel)
        self._travel.look_at(0.0)
        if not self._travel.is_on:
            # It has said why.
            self._end()

    def cancel(self) -> None:
        """Nothing of it is written."""
        self._thread.cancel()
        self._end()

    def stop(self) -> None:
        """The window closes."""
        self._request = None
        self._look.stop()
        self._thread.stop()
        self._thread.wait()

    def _end(self) -> None:
        """No more pictures are wanted; the window is back at now."""
        is_taking, self._request = self._request is not None, None
        self._look.stop()
        self._pictures = []
        self._travel.leave()
        if is_taking and self._was_running:
            self._controller.set_running(True)

    def _on_reached(self, _snapshot: object) -> None:
        request, course = self._request, self._travel.course
        if request is None or course is None or self._look.isActive():
            return
        if not self._places:
            # As many as there are, if fewer; the last one is now.
            steps = np.linspace(course.moments[0].step, course.now_step, request.n_pictures)
            self._places = sorted({*(course.place_of_step(step) for step in steps[:-1].tolist()), course.now})
        self._wait()

    def _wait(self) -> None:
        self._n_looks_left = PATIENCE_MS // LOOK_EVERY_MS
        self._look.start()

    def _on_look_due(self) -> None:
        window = self._window
        window.draw_all()
        window.catch_up()
        self._n_looks_left -= 1
        if self._n_looks_left > 0 and not all(map(self._is_ready, window.panels)):
            return
        self._look.stop()
        self._take()

    def _is_ready(self, panel: Panel) -> bool:
        """Whether it shows this moment; what nobody sees is in no picture."""
        request = self._request
        if not panel.is_seen or (request is not None and request.panel not in ("", panel.objectName())):
            return True
        if isinstance(panel, GeometryPanel):
            return panel.is_settled or panel.has_refused
        moment = self._controller.moment()
        if isinstance(panel, CalculatorPanel) and moment is not None and panel.calculation is not None:
            return panel.calculation.model.parameters is moment.snapshot.parameters
        return True

    def _take(self) -> None:
        request = self._request
        if request is None:
            return
        self._notes = self._origin()
        self._pictures.append(_png_of(self._panel(request.panel) or self._window, self._notes))
        n_done = len(self._pictures)
        self.progressed.emit((PICTURES_SHARE if request.kind != "png" else 1.0) * n_done / len(self._places))
        if n_done == len(self._places):
            self._pack(request)
        elif n_done == len(self._places) - 1:
            # Now, and the model still rests.
            self._travel.leave()
        else:
            self._travel.show_place(self._places[n_done])

    def _on_left(self) -> None:
        if self._request is None:
            return
        if self._places and len(self._pictures) == len(self._places) - 1:
            self._wait()
        else:
            self._end()
            self.failed.emit(self.tr("The window has left the earlier moments: nothing was written."))

    def _origin(self) -> str:
        """What the moment on the screen comes from, as JSON in ASCII; empty where there is no model."""
        moment = self._controller.moment()
        if moment is None:
            return ""
        return json.dumps(short_provenance(moment, live_fit_words(moment)), allow_nan=False)

    def _panel(self, name: str) -> Panel | None:
        return next((panel for panel in self._window.panels if panel.objectName() == name), None)

    def _pack(self, request: AnimationRequest) -> None:
        pictures, notes, thread = self._pictures, self._notes, self._thread
        folder, names = Path(request.folder).expanduser(), request.file_names(len(pictures))
        self._file = folder / names[0]
        self._end()

        def work(should_stop: Callable[[], bool]) -> int:
            def report(fraction: float) -> None:
                thread.report(PICTURES_SHARE + (1.0 - PICTURES_SHARE) * fraction)

            contents = pictures
            if request.kind != "png":
                from regdesk.desktop.animation_file import film

                contents = [film(pictures, request.kind, request.seconds, report, should_stop, notes)]
            with StagedFiles(folder) as staged:
                for name, content in zip(names, contents, strict=True):
                    staged.add(name, content)
                if should_stop():
                    raise Stopped
                staged.put_in_place()
            return len(names)

        self._thread.submit(work)

    def _on_packed(self, number: int, fraction: float) -> None:
        if number == self._thread.newest:
            self.progressed.emit(fraction)

    def _on_succeeded(self, number: int, n_files: int) -> None:
        if number == self._thread.newest:
            self.written.emit(n_files)

    def _on_failed(self, number: int, error: Exception) -> None:
        if number != self._thread.newest or isinstance(error, Stopped):
            return
        if not isinstance(error, OSError | ValueError):
            raise error
        form = self.tr("{file} could not be written ({reason}). Nothing there was changed.")
        if isinstance(error, NotOnDisk):
            form = self.tr("{file} was written and may be lost: {reason}.")
        self.failed.emit(form.format(file=self._file, reason=reason_of(error)))


def _png_of(widget: QWidget, notes: str) -> bytes:
    """``notes`` are its comment, as of other pictures."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"png"))
    writer.setQuality(PNG_QUALITY)
    writer.setText("Comment", notes)
    writer.write(widget.grab().toImage())
    return bytes(buffer.data().data())
