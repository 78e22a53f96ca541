"""Makes the compiled engine ready without the window noticing: a child process fills the cache."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Signal

from regdesk import engine_cache


class EnginePreparation(QObject):
    """Signals: ``compiling()`` when a child had to be started, ``ready(str)`` for each of ``engine_cache.PARTS`` that
    can be loaded, ``failed()`` when those that were not named as ready never will be.

    Compiling in this process would hold the interpreter for seconds at a time.
    """

    compiling = Signal()
    ready = Signal(str)
    failed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._child: QProcess | None = None
        self._missing: list[str] = []

    def start(self, first: str) -> None:
        """``first`` is the dtype that is waited for; parts in the cache are named as ready at once."""
        engine_cache.prepare_cache_folder()
        order = sorted(engine_cache.PARTS, key=lambda part: part != first)
        self._missing = [part for part in order if not engine_cache.is_filled(part)]
        for part in order:
            if part not in self._missing:
                self.ready.emit(part)
        if self._missing:
            self._child = child = QProcess(self)
            child.setProcessEnvironment(QProcessEnvironment.systemEnvironment())
            child.readyReadStandardOutput.connect(self._on_child_spoken)
            child.finished.connect(self._on_child_finished)
            child.errorOccurred.connect(self._on_child_failed_to_start)
            self.compiling.emit()
            child.start(sys.executable, engine_cache.child_arguments(self._missing))

    def stop(self) -> None:
        """End the child if it still runs; nothing is emitted for it."""
        child, self._child = self._child, None
        if child is not None:
            child.blockSignals(True)
            if child.state() != QProcess.ProcessState.NotRunning:
                child.kill()
                # Without a limit: on a busy machine one of low priority takes a second and more to be gone.
                child.waitForFinished(-1)

    def _on_child_spoken(self) -> None:
        while self._child is not None and self._child.canReadLine():
            part = bytes(self._child.readLine().data()).decode().strip()
            if part in self._missing:
                self._missing.remove(part)
                self.ready.emit(part)

    def _on_child_finished(self, _exit_code: int, _status: QProcess.ExitStatus) -> None:
        self._on_child_spoken()
        if self._missing:
            self.failed.emit()

    def _on_child_failed_to_start(self, error: QProcess.ProcessError) -> None:
        # Other errors are followed by ``finished``.
        if error == QProcess.ProcessError.FailedToStart:
            self.failed.emit()
