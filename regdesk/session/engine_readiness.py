"""Which parts of the compiled engine are there, and what is said while they are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from regdesk.compiling import engine_cache
from regdesk.core.types import training_dtype

if TYPE_CHECKING:
    from regdesk.session.session import Session
    from regdesk.workers.engine import EnginePreparation

COMPILING = "Preparing the training engine: on the first launch it is compiled, which takes about 20 seconds …"
COMPILING_ALWAYS = (
    "Preparing the training engine: it is compiled at every launch, because its cache folder cannot be written. "
    "This takes about 20 seconds …"
)
COMPILING_SAFE = (
    "Preparing the training engine: a safe start uses nothing that was kept, so that it is compiled, which takes about "
    "20 seconds …"
)


class EngineReadiness(QObject):
    """Signals: ``compiling_began()``, ``part_ready(str)`` with one of ``engine_cache.PARTS``, and
    ``compiling_failed()`` when nothing can be compiled in the background, after which every part counts as ready: it is
    compiled where it is needed.
    """

    compiling_began = Signal()
    part_ready = Signal(str)
    compiling_failed = Signal()

    def __init__(self, preparation: EnginePreparation, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._preparation, self._session = preparation, session
        self._ready_parts: set[str] = set()
        preparation.compiling.connect(self.compiling_began)
        preparation.ready.connect(self._on_part_prepared)
        preparation.failed.connect(self._on_preparation_failed)

    def start(self) -> None:
        """Make everything ready, first what the model in force needs."""
        self._preparation.start(self._part)

    def stop(self) -> None:
        self._preparation.stop()

    @property
    def is_ready(self) -> bool:
        """Whether the model in force can be trained."""
        return self._part in self._ready_parts

    @property
    def sentence(self) -> str:
        """What a model waits for that cannot be trained yet."""
        if engine_cache.is_kept_out():
            return COMPILING_SAFE
        return COMPILING_ALWAYS if engine_cache.is_temporary() else COMPILING

    @property
    def _part(self) -> str:
        return training_dtype(self._session.configuration.architecture).name

    def _on_part_prepared(self, part: str) -> None:
        self._ready_parts.add(part)
        self.part_ready.emit(part)

    def _on_preparation_failed(self) -> None:
        self.compiling_failed.emit()
        for part in engine_cache.PARTS:
            self._on_part_prepared(part)
