"""Makes the compiled engine ready without the window noticing: child processes fill the cache."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Signal

from regdesk import engine_cache


class EnginePreparation(QObject):
    """Signals: ``compiling()`` when children had to be started, ``finished(bool)``: whether the cache is filled.

    Compiling in this process would hold the interpreter for seconds at a time.
    """

    compiling = Signal()
    finished = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._children: list[QProcess] = []
        self._n_running = 0
        self._succeeded = True

    def start(self) -> None:
        """Emits ``finished`` at once if the cache is filled."""
        engine_cache.prepare_cache_folder()
        missing = [dtype for dtype in engine_cache.DTYPES if not engine_cache.is_filled(dtype)]
        if not missing:
            self.finished.emit(True)
            return
        self.compiling.emit()
        self._n_running = len(missing)
        for dtype in missing:
            child = QProcess(self)
            child.setProcessEnvironment(QProcessEnvironment.systemEnvironment())
            child.finished.connect(self._on_child_finished)
            child.errorOccurred.connect(self._on_child_failed_to_start)
            self._children.append(child)
            child.start(sys.executable, engine_cache.child_arguments(dtype))

    def stop(self) -> None:
        """End the children that still run; nothing is emitted for them."""
        for child in self._children:
            child.blockSignals(True)
            if child.state() != QProcess.ProcessState.NotRunning:
                child.kill()
                child.waitForFinished(1000)
        self._children.clear()

    def _on_child_finished(self, exit_code: int, _status: QProcess.ExitStatus) -> None:
        self._count_down(exit_code == 0)

    def _on_child_failed_to_start(self, error: QProcess.ProcessError) -> None:
        # Other errors are followed by ``finished``.
        if error == QProcess.ProcessError.FailedToStart:
            self._count_down(False)

    def _count_down(self, succeeded: bool) -> None:
        self._succeeded = self._succeeded and succeeded
        self._n_running -= 1
        if self._n_running == 0:
            self.finished.emit(self._succeeded)
