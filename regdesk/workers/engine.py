"""Makes the compiled engine ready without the window noticing: child processes fill the cache."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt, QThread, QTimer, Signal

from regdesk.compiling import engine_cache
from regdesk.compiling.child import CompileChild, begin, ordered_parts, take_begun

KILLED_MS = 500
_log = logging.getLogger("regdesk.compiling")


class EnginePreparation(QObject):
    """Signals: ``compiling()`` when children have been started, ``ready(str)`` for each of ``engine_cache.PARTS`` that
    can be loaded, ``failed()`` when those that were not named as ready never will be.

    Compiling in this process would hold the interpreter for seconds at a time.
    """

    compiling = Signal()
    ready = Signal(str)
    failed = Signal()
    # From the children's threads.
    _part_named = Signal(str)
    _child_ended = Signal(object, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._children: list[CompileChild] = []
        self._missing: list[str] = []
        self._is_stopping = False
        self._check = _CacheCheck(self)
        self._check.found.connect(self._on_part_found)
        self._check.finished.connect(self._on_cache_checked)
        self._part_named.connect(self._on_part_named, Qt.ConnectionType.QueuedConnection)
        self._child_ended.connect(self._on_child_ended, Qt.ConnectionType.QueuedConnection)

    def start(self, first: str) -> None:
        """``first`` is the dtype that is waited for; parts that are whole in the cache are named as ready first."""
        children = take_begun()
        if children:
            self._listen(children)
            return
        self._check.order = ordered_parts(first)
        self._check.start()

    def stop(self) -> None:
        """End the children that still run; nothing is emitted for them."""
        # What the check and the children have emitted may still be on its way here.
        self._is_stopping = True
        self._check.requestInterruption()
        self._check.wait()
        children, self._children = self._children + take_begun(), []
        for child in children:
            child.stop()

    def _on_part_found(self, part: str) -> None:
        if not self._is_stopping:
            self.ready.emit(part)

    def _on_cache_checked(self) -> None:
        if not self._check.missing or self._is_stopping:
            return
        try:
            self._listen(begin(self._check.missing))
        except OSError:
            self._missing = list(self._check.missing)
            self._on_failure_certain()

    def _listen(self, children: Sequence[CompileChild]) -> None:
        self._children, self._missing = list(children), list(children[0].parts)
        self.compiling.emit()
        for child in children:
            child.listen(self._part_named.emit, partial(self._child_ended.emit, child))

    def _on_part_named(self, part: str) -> None:
        # Each child names each part.
        if part in self._missing and not self._is_stopping:
            self._missing.remove(part)
            self.ready.emit(part)

    def _on_child_ended(self, child: CompileChild, status: int) -> None:
        if child in self._children:
            self._children.remove(child)
            # Its thread has said its last.
            child.stop()
        if self._missing and not self._children:
            # Ctrl-C in a terminal ends it a moment before the window hears of it, which need not compile for that.
            QTimer.singleShot(KILLED_MS if status < 0 else 0, self, self._on_failure_certain)

    def _on_failure_certain(self) -> None:
        if not self._is_stopping:
            _log.warning("No child could compile %s: the window compiles for itself.", ", ".join(self._missing))
            self.failed.emit()


class _CacheCheck(QThread):
    """Finds the cache and holds what is in it against its digests: a tenth of a second that no window need wait for.

    Signals: ``found(str)`` for each part of ``order`` that is whole; the others are in ``missing`` when it has ended.
    """

    found = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.setObjectName("cache check")
        self.order: list[str] = []
        self.missing: list[str] = []

    def run(self) -> None:
        left = list(self.order)
        try:
            # That alone takes 80 ms of reading what the code is compiled from, and for what.
            engine_cache.prepare_cache_folder()
            while left and not self.isInterruptionRequested():
                if engine_cache.is_filled(part := left[0]):
                    _log.info("%s is in the cache.", part)
                    self.found.emit(part)
                else:
                    self.missing.append(part)
                left.pop(0)
        except Exception as error:
            # Unanswered, the window would wait for it for ever: children compile what is not known to be there.
            _log.warning("The cache could not be looked at: %s: %s", type(error).__name__, error)
            self.missing += left
