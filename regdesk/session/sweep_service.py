"""Owns the sweep over λ of the table in force: whether there can be one, the thread, and what it has found."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal

from regdesk.compiling.engine_cache import CLASS_PATHS, NETWORKS, PATHS
from regdesk.core.types import Architecture, DataSettings, PenaltyKind
from regdesk.core.words.settings_text import PENALTY_NAMES
from regdesk.session.keeping.gathered import KeptSweep
from regdesk.session.service import NOTHING, Service
from regdesk.workers.sweeping import sweep_work

if TYPE_CHECKING:
    from regdesk.core.model.scale import ModelScale
    from regdesk.core.settings.change import Change
    from regdesk.core.settings.configuration import Configuration
    from regdesk.core.sweep.curve import SweepCurve
    from regdesk.core.sweep.remaining_time import SweepProgress
    from regdesk.core.types import Float64s, TrainSettings
    from regdesk.crews.choice import CrewChoice
    from regdesk.session.data_service import DataService
    from regdesk.session.session import Session
    from regdesk.workers.sweeping import SweepThread, SweepWork

NO_DATA = "Open a file or a sample first."
NOT_TRAINABLE = "Choose another target first (Ctrl+D)."
NO_PENALTY = "There is no λ to choose without a penalty: choose L1, L2, elastic net or group lasso."
SweepKey = tuple[int, DataSettings, int, Architecture, tuple[PenaltyKind, float]]
"""The table, how it is used, the seed, the layers, and the penalty with its share of L1."""
OTHERS = ("the data are others", "the data are others", "the seed is another", "the layers are others")
"""What has become of the parts of a ``SweepKey`` where they are not what they were, but for the penalty."""
LAMBDAS, WHOLE_PATHS, FITS = "λ", "paths", "fits"
"""In what a sweep is counted."""


class SweepService(Service):
    """Signals: ``changed()`` when it begins, ends or has become old; ``outdated(sentence)`` when one under way is ended
    because something that it depends on is another, before it has ended; ``ended(n_done, n_all, unit)`` and
    ``failed(Exception)``, one of them for every sweep that was not superseded by other data. The unit is one from the
    beginning to the end: "λ" of a linear model, "paths" where workers solve these, "fits" of a network. 0 of 0 are
    known before units have been counted. What is expected are answers about the newest sweep.
    """

    changed = Signal()
    outdated = Signal(str)
    ended = Signal(int, int, str)

    def __init__(self, thread: SweepThread, session: Session, data: DataService, parent: QObject | None = None) -> None:
        super().__init__(thread, parent=parent)
        self._thread, self._session, self._data = thread, session, data
        self._thread.ended.connect(self._on_ended)
        self._thread.failed.connect(self._on_failed)
        self.workers: CrewChoice | None = None
        """Who does the units of sweeps that begin from now on; None: threads of this process."""
        self._ready_parts: set[str] = set()
        # With the part of the compiled code that it waits for.
        self._waiting: tuple[str, SweepWork] | None = None
        self._is_busy = False
        # Points of the sweep that was begun last.
        self._n_asked = 0
        self._unit = LAMBDAS
        self._progress_seen: SweepProgress | None = None
        # What the curve depends on, as it was when the sweep began.
        self._swept: SweepKey | None = None
        # What its weights belong to, of a curve that was found elsewhere.
        self._own_scale: ModelScale | None = None
        self.curve: SweepCurve | None = None

    @property
    def is_busy(self) -> bool:
        return self._is_busy

    @property
    def is_at_work(self) -> bool:
        """Whether the thread works, be it on what nobody wants any more."""
        return self._thread.is_at_work

    @property
    def is_waiting(self) -> bool:
        """Whether a sweep waits for its compiled code."""
        return self._waiting is not None

    @property
    def is_stale(self) -> bool:
        """Whether what was swept is no longer what is in force."""
        return self._swept is not None and self._swept != self._key(self._session.configuration)

    @property
    def unavailable_reason(self) -> str:
        """Why there can be no sweep now, one sentence; empty when there can be one."""
        if self._data.now is None:
            return self._reason_without_data()
        return NO_PENALTY if self._session.configuration.training.penalty == "none" else ""

    def _reason_without_data(self) -> str:
        being_read = self._data.being_read
        if being_read is not None:
            return f"Reading {being_read.title} …"
        return NO_DATA if self._data.opened is None else NOT_TRAINABLE

    def follow(self, change: Change) -> None:
        """A sweep of something else than is in force is ended, and what it has found is old."""
        before, after = change.before, change.after
        if self._key(before) != self._key(after) or before.training.penalty != after.training.penalty:
            self.note_data()

    def note_data(self) -> None:
        """The data in force are others, or are used in another way, or there are none."""
        if self.is_stale:
            if self._is_busy:
                self.outdated.emit(self._outdated_sentence())
            self.cancel()
        self.changed.emit()

    def _outdated_sentence(self) -> str:
        assert self._swept is not None
        key, penalty = self._key(self._session.configuration), self._swept[-1][0]
        reason = OTHERS[0]
        if key is not None:
            *parts, pressure = (one != other for one, other in zip(self._swept, key, strict=True))
            named = [what for what, is_other in zip(OTHERS, parts, strict=True) if is_other]
            if pressure:
                named.append("the penalty is another" if key[-1][0] != penalty else "the L1 share is another")
            reason = ", ".join(dict.fromkeys(named))
        return f"The sweep of {PENALTY_NAMES[penalty]} has ended: {reason}."

    def forget(self) -> None:
        """Other data: nothing of what was found holds."""
        self._thread.cancel()
        self._expect(NOTHING)
        self._waiting, self._is_busy = None, False
        self._swept, self.curve, self._own_scale = None, None, None
        self.changed.emit()

    @property
    def kept(self) -> KeptSweep | None:
        """What has been found, as a value; None where nothing has."""
        if self.curve is None or self._swept is None:
            return None
        return KeptSweep(self.curve, self.swept_scale, *self._swept[1:])

    def bring_back(self, kept: KeptSweep) -> None:
        """Hold again what was found of the table in force; it is old where something else was swept.

        A sweep that was under way then has been ended meanwhile, as by a person.
        """
        self.adopt(replace(kept.curve, is_done=True) if not kept.curve.is_done else kept.curve)
        loaded = self._data.now
        if loaded is not None:
            self._swept = id(loaded.table), kept.data, kept.seed, kept.shape, kept.pressure
        self._own_scale = kept.scale
        self.changed.emit()

    def adopt(self, curve: SweepCurve) -> None:
        """Hold what a sweep of what is in force has found elsewhere."""
        self.forget()
        self.curve = curve
        self._swept = self._key(self._session.configuration)
        self.changed.emit()

    def start(self) -> None:
        """Sweep what is in force, when the compiled code is there. Only where nothing is in its way."""
        loaded, configuration = self._data.now, self._session.configuration
        assert loaded is not None
        self.curve, self._is_busy = None, True
        self._swept, self._own_scale = self._key(configuration), None
        path = PATHS if loaded.dataset.task == "regression" else CLASS_PATHS
        part = NETWORKS if configuration.architecture.hidden else path
        wanted = configuration.sweep
        self._n_asked = wanted.n_lambdas if wanted.lambdas is None else len(wanted.lambdas)
        linear_unit = LAMBDAS if self.workers is None else WHOLE_PATHS
        self._unit = FITS if configuration.architecture.hidden else linear_unit
        work = sweep_work(loaded, configuration, self.workers)
        if part in self._ready_parts:
            self._expect(self._thread.submit(work))
        else:
            self._expect(NOTHING)
            self._waiting = part, work
        self.changed.emit()

    def cancel(self) -> None:
        """End within the λ under way; what is there stays."""
        self._thread.cancel()
        if self._is_busy and self.curve is None:
            # Nothing is there: nobody need wait until folds that may be large are prepared.
            progress = self.progress
            n_done, n_all = (0, 0) if progress is None else (progress.n_done, progress.n_fits)
            self._expect(NOTHING)
            self._waiting, self._is_busy, self._swept = None, False, None
            self.changed.emit()
            self.ended.emit(n_done, self._n_asked if self._unit == LAMBDAS else n_all, self._unit)

    def set_ready(self, part: str) -> None:
        """That part of the compiled code is there, one of ``engine_cache.PARTS``."""
        self._ready_parts.add(part)
        if self._waiting is not None and self._waiting[0] == part:
            work, self._waiting = self._waiting[1], None
            self._expect(self._thread.submit(work))
            self.changed.emit()

    def set_company(self, has_company: bool) -> None:
        """Whether a live model trains, which a network's sweep leaves a processor."""
        self._thread.has_company = has_company

    @property
    def progress(self) -> SweepProgress | None:
        """How far a sweep by units is, of a network or by a crew; None for others, and before it has begun."""
        newest = self._thread.progress
        return newest[1] if newest is not None and self._is_expected(newest[0]) else None

    def pull(self) -> bool:
        """Take what has been found since the last time; whether there was anything."""
        newest, progress = self._thread.newest, self.progress
        has_moved = progress is not self._progress_seen
        self._progress_seen = progress
        if newest is self._thread.seen or newest is None:
            return has_moved
        self._thread.seen = newest
        number, curve = newest
        if not self._is_expected(number):
            return has_moved
        self.curve = curve
        return True

    @property
    def swept_scale(self) -> ModelScale | None:
        """What the weights of the curve belong to; None where they were found elsewhere."""
        swept = self._thread.scale
        return swept[1] if swept is not None and self._is_expected(swept[0]) else self._own_scale

    def parameters_at(self, lam: float, scale: ModelScale) -> Float64s | None:
        """The model of all rows at ``lam`` of what was swept, on ``scale``: weights, then biases, in a row.

        None where no such model is there, or where it is one of something else than is in force.
        """
        curve, swept = self.curve, self.swept_scale
        if curve is None or self.is_stale or swept is None or lam not in curve.lambdas:
            return None
        number = curve.lambdas.tolist().index(lam)
        if curve.network is not None:
            return swept.moved_network(curve.network.parameters[number], curve.network.network, scale)
        weights, biases = swept.moved(curve.weights[number], curve.biases[number], scale)
        return np.concatenate([weights.ravel(), biases])

    def rule_at(self, settings: TrainSettings) -> str:
        """The rule by which what was swept recommends the λ of ``settings``, such as "λ_best"; empty where none does,
        or something else is in force.
        """
        if self.curve is None or self._swept is None or self.is_busy or self.is_stale:
            return ""
        is_swept = self._swept[-1] == (settings.penalty, settings.effective_l1_ratio)
        return self.curve.rule_at(settings.lam) if is_swept else ""

    def stop(self) -> None:
        """Give up what is under way, and what waits for its code; ``wait`` until it has ended."""
        self._waiting = None
        super().stop()

    def _on_ended(self, number: int) -> None:
        if not self._is_expected(number):
            return
        self.pull()
        self._is_busy = False
        self.changed.emit()
        progress = self.progress
        if progress is not None:
            self.ended.emit(progress.n_done, progress.n_fits, self._unit)
        elif self.curve is not None:
            self.ended.emit(len(self.curve.lambdas), self.curve.n_lambdas, self._unit)

    def _on_failed(self, number: int, error: Exception) -> None:
        if not self._is_expected(number):
            return
        self._is_busy = False
        if self.curve is None:
            self._swept = None
        self.changed.emit()
        self.failed.emit(error)

    def _key(self, configuration: Configuration) -> SweepKey | None:
        """What a sweep of the data in force depends on; equal for equal curves."""
        loaded, training = self._data.now, configuration.training
        if loaded is None:
            return None
        swept = (training.penalty, training.effective_l1_ratio)
        return id(loaded.table), loaded.settings, loaded.seed, _shape_of(configuration.architecture), swept


def _shape_of(architecture: Architecture) -> Architecture:
    """A linear model has no activation: that is one for all."""
    return architecture if architecture.hidden else Architecture(())
