"""Owns the fits of other samples: their thread, of which λ they are, and whether somebody wants them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal

from regdesk.core.fit.cloud import FitCloud, ResampleWork
from regdesk.session.service import NOTHING, Service
from regdesk.workers.resampling_work import find_fits

if TYPE_CHECKING:
    from regdesk.core.settings.change import Change
    from regdesk.session.clock import Clock
    from regdesk.session.live_model import LiveModel
    from regdesk.session.session import Session
    from regdesk.workers.background import BackgroundThread

REST_MS = 400
"""For so long λ must have stayed: a slider that is moved asks for nothing."""
RESAMPLES = "view.resamples"
NO_MODEL = "There is no model yet: open a file or a sample."
NO_PICTURE = "Choose a picture along one or two columns first: there the fits of other samples can be drawn."
CLASSES = (
    "Of three and more classes each has a probability of its own, and their fits cannot be drawn over each other. New "
    "seed (Ctrl+N) draws another sample."
)
LABELS = "The fits of other samples are drawn along numbers, and {name} has labels."


class ResamplingService(Service):
    """Signal: ``changed()`` when there is another cloud, when it belongs to another λ, or when it is being worked at.

    While ``view.resamples`` is on the cloud is made anew as soon as rows, layers or λ have been the same for a while.
    """

    changed = Signal()

    def __init__(
        self,
        thread: BackgroundThread,
        session: Session,
        model: LiveModel,
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(thread, parent=parent)
        self._thread, self._session, self._model = thread, session, model
        self._thread.succeeded.connect(self._on_succeeded)
        self._thread.failed.connect(self._on_failed)
        self._rest = clock.delay(REST_MS, self)
        self._rest.timeout.connect(self._on_rest_reached)
        self._delays = (self._rest,)
        self.cloud: FitCloud | None = None
        """The newest, of the rows and layers in force; None where there is none."""

    @property
    def is_on(self) -> bool:
        """Whether somebody wants a cloud."""
        return self._session.configuration.view.resamples

    @property
    def is_working(self) -> bool:
        """Whether fits are being made, or are about to be."""
        return self._expected != NOTHING or self._rest.isActive()

    @property
    def is_stale(self) -> bool:
        """Whether the cloud is of another λ than is in force."""
        return self.cloud is not None and self.cloud.settings != self._session.configuration.training

    @property
    def unavailable_reason(self) -> str:
        """Why there can be no cloud, as a sentence; empty where there can."""
        if self._model.run is None:
            return NO_MODEL
        scene = self._model.scene
        if len(scene.classes) > 2:
            return CLASSES
        if scene.kind not in ("curve", "map"):
            return NO_PICTURE
        labelled = [name for name, labels in zip(scene.axis_names, scene.axis_categories, strict=True) if labels]
        return LABELS.format(name=labelled[0]) if labelled else ""

    def begin_run(self) -> None:
        """Other rows or layers: what there is belongs to the old ones."""
        self._give_up()
        if self.is_on:
            self._rest.start()
        self.changed.emit()

    def end_run(self) -> None:
        """There is no model any more."""
        self._give_up()
        self.changed.emit()

    def show_scene(self) -> None:
        """The same model in another picture."""
        self.begin_run()

    def follow(self, change: Change) -> None:
        """They are wanted, or no longer; another λ, another penalty, or another number of fits: a new cloud soon."""
        if change.touches(RESAMPLES):
            if self.is_on:
                self._ask_at_once()
            else:
                self._give_up()
            self.changed.emit()
        elif (change.touches("training") or change.touches("view.n_resamples")) and self.is_on:
            self._thread.cancel()
            self._expect(NOTHING)
            self._rest.start()
            self.changed.emit()

    def _give_up(self) -> None:
        self._rest.stop()
        self._thread.cancel()
        self._expect(NOTHING)
        self.cloud = None

    def _on_rest_reached(self) -> None:
        if self.is_on:
            self._ask_at_once()
            self.changed.emit()

    def _ask_at_once(self) -> None:
        run, snapshot = self._model.run, self._model.snapshot
        if run is None or self.unavailable_reason:
            return
        if self._model.is_waiting or (snapshot is None and not run.is_linear):
            # Code that is compiled, or its first moment, is to come.
            self._rest.start()
            return
        parameters = np.empty(0) if snapshot is None else snapshot.parameters
        epoch = 0.0 if snapshot is None else snapshot.epoch
        configuration = self._session.configuration
        work = ResampleWork(
            run.number, run.dataset, self._model.fit_view, run.architecture, configuration.training, parameters, epoch,
            run.seed, configuration.view.n_resamples,
        )  # fmt: skip
        self._expect(self._thread.submit(partial(find_fits, work)))

    def _on_succeeded(self, number: int, cloud: FitCloud) -> None:
        if self._is_expected(number):
            self._expect(NOTHING)
            self.cloud = cloud
            self.changed.emit()

    def _on_failed(self, number: int, error: Exception) -> None:
        if self._is_expected(number):
            self._expect(NOTHING)
            self.changed.emit()
        self.failed.emit(error)
