"""Makes the compiled engine ready without the window noticing: child processes fill the cache."""

from __future__ import annotations

import sys
from functools import partial

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QThread, QTimer, Signal

from regdesk import engine_cache

KILLED_MS = 500


class EnginePreparation(QObject):
    """Signals: ``compiling()`` when children had to be started, ``ready(str)`` for each of ``engine_cache.PARTS`` that
    can be loaded, ``failed()`` when those that were not named as ready never will be.

    Compiling in this process would hold the interpreter for seconds at a time.
    """

    compiling = Signal()
    ready = Signal(str)
    failed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._children: list[QProcess] = []
        self._missing: list[str] = []
        self._is_stopping = False
        self._check = _CacheCheck(self)
        self._check.found.connect(self._on_part_found)
        self._check.finished.connect(self._on_cache_checked)

    def start(self, first: str) -> None:
        """``first`` is the dtype that is waited for; parts that are whole in the cache are named as ready first."""
        engine_cache.prepare_cache_folder()
        self._check.order = sorted(engine_cache.PARTS, key=lambda part: part != first)
        self._check.start()

    def stop(self) -> None:
        """End the children that still run; nothing is emitted for them."""
        # What the check has emitted may still be on its way here.
        self._is_stopping = True
        self._check.requestInterruption()
        self._check.wait()
        children, self._children = self._children, []
        for child in children:
            child.blockSignals(True)
            child.kill()
        for child in children:
            if child.state() != QProcess.ProcessState.NotRunning:
                # Without a limit: on a busy machine one of low priority takes a second and more to be gone.
                child.waitForFinished(-1)

    def _on_part_found(self, part: str) -> None:
        if not self._is_stopping:
            self.ready.emit(part)

    def _on_cache_checked(self) -> None:
        self._missing = list(self._check.missing)
        if not self._missing or self._is_stopping:
            return
        self._children = [self._make_child() for _ in range(engine_cache.n_children())]
        self.compiling.emit()
        for child in self._children:
            # Its standard input is a pipe from here that nothing is written into: it ends when this process does.
            child.start(sys.executable, engine_cache.child_arguments(self._missing))

    def _make_child(self) -> QProcess:
        child = QProcess(self)
        child.setProcessEnvironment(QProcessEnvironment.systemEnvironment())
        child.readyReadStandardOutput.connect(partial(self._on_child_spoken, child))
        child.finished.connect(partial(self._on_child_finished, child))
        child.errorOccurred.connect(partial(self._on_child_failed, child))
        return child

    def _on_child_spoken(self, child: QProcess) -> None:
        while child in self._children and child.canReadLine():
            part = bytes(child.readLine().data()).decode().strip()
            # Each child names each part.
            if part in self._missing:
                self._missing.remove(part)
                self.ready.emit(part)

    def _on_child_finished(self, child: QProcess, _exit_code: int, status: QProcess.ExitStatus) -> None:
        self._on_child_spoken(child)
        # Ctrl-C in a terminal ends it a moment before the window hears of it, which need not compile for that.
        self._forget(child, KILLED_MS if status == QProcess.ExitStatus.CrashExit else 0)

    def _on_child_failed(self, child: QProcess, error: QProcess.ProcessError) -> None:
        # Other errors are followed by ``finished``.
        if error == QProcess.ProcessError.FailedToStart:
            self._forget(child, 0)

    def _forget(self, child: QProcess, delay_ms: int) -> None:
        if child in self._children:
            self._children.remove(child)
        if self._missing and not self._children:
            QTimer.singleShot(delay_ms, self, self._on_failure_certain)

    def _on_failure_certain(self) -> None:
        if not self._is_stopping:
            self.failed.emit()


class _CacheCheck(QThread):
    """Holds what is in the cache against its digests: 20 to 50 ms that the window need not wait for.

    Signals: ``found(str)`` for each part of ``order`` that is whole; the others are in ``missing`` when it has ended.
    """

    found = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.setObjectName("cache check")
        self.order: list[str] = []
        self.missing: list[str] = []

    def run(self) -> None:
        for part in self.order:
            if self.isInterruptionRequested():
                return
            if engine_cache.is_filled(part):
                self.found.emit(part)
            else:
                self.missing.append(part)
