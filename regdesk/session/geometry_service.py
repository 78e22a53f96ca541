"""Owns the constraint geometry of the live model: its thread, and the trail of the weights."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from regdesk.core.geometry.unavailable import Unavailable
from regdesk.core.geometry.view import DefaultPair, GeometryChoice, GeometryRequest, GeometryView, kept_settings
from regdesk.core.model.network import Network
from regdesk.core.run.weight_trail import WeightTrail, WeightTrailMemory
from regdesk.core.weights.names import WeightList, weight_list
from regdesk.core.words.plane_words import unavailable_text
from regdesk.session.service import NOTHING, Service

if TYPE_CHECKING:
    from regdesk.core.run.snapshot import TrainSnapshot
    from regdesk.core.settings.change import Change
    from regdesk.core.settings.configuration import GeometrySettings
    from regdesk.session.clock import Clock
    from regdesk.session.run import Run
    from regdesk.session.session import Session
    from regdesk.workers.geometry import GeometryThread

REST_MS = 150
"""Without a new moment or a new λ for so long, the model is at rest and gets its fine picture."""
NOT_READY = "The geometry is drawn as soon as its code is compiled, which the first launch does in the background."


class GeometryService(Service):
    """Signals: ``made(GeometryView)``, ``refused(str)`` with why there is no picture, ``lambda_found(float)`` for a
    budget that was asked for. What is expected are answers about the present run. Pressure and choice of the look are
    asked of the session for each picture.
    """

    made = Signal(object)
    refused = Signal(str)
    lambda_found = Signal(float)

    def __init__(self, thread: GeometryThread, session: Session, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(thread, parent=parent)
        self._thread, self._session = thread, session
        self._thread.made.connect(self._on_made)
        self._thread.lambda_found.connect(self._on_lambda_found)
        self._thread.failed.connect(self._on_failed)
        self._rest = clock.delay(REST_MS, self)
        self._rest.timeout.connect(self._on_rest_reached)
        self._delays = (self._rest,)
        self._is_ready = False
        self._is_seen = False
        self._run: Run | None = None
        self._snapshot: TrainSnapshot | None = None
        self._weights: WeightList | None = None
        self._network: Network | None = None
        self._trail = WeightTrail()
        # In place of the paused model, with its settings; None for the model itself.
        self._exact: TrainSnapshot | None = None
        # An earlier moment that is looked at, under its own settings; None for now.
        self._earlier: TrainSnapshot | None = None
        # Height over width of the place of the picture.
        self._aspect = 1.0
        # Of a budget that was asked for: what was chosen by hand since then stays.
        self._is_awaited = False
        self._is_answering = False
        # Which moments a window is shown is a matter of time: pictures that must be the same again go without.
        self.has_trail = True
        # What stood on the axes of the window that has been opened again, where nobody had chosen them.
        self._brought_back: DefaultPair | None = None

    def begin_run(self, run: Run) -> tuple[WeightList, GeometrySettings]:
        """Another trainer: the weights that it will have, and what was chosen as far as it has the same ones still."""
        if not run.has_weights_of(self._run):
            self._thread.forget()
        self._expect(run.number)
        self._run, dataset = run, run.dataset
        self._snapshot = self._exact = self._earlier = self._brought_back = None
        # One that is left before its first moment must not be kept with the weights of the run before it.
        self._trail = WeightTrail()
        self._rest.stop()
        network = Network.of(
            run.architecture, dataset.n_inputs, dataset.n_outputs, dataset.input_groups, dataset.input_factors
        )
        names = dataset.classes if len(dataset.classes) > 2 else (dataset.target,)
        before, self._weights = self._weights, weight_list(network, dataset.input_names, names)
        self._network = network
        return self._weights, self._possible(
            kept_settings(self._session.configuration.view.geometry, before, self._weights)
        )

    def _possible(self, chosen: GeometrySettings) -> GeometrySettings:
        """``chosen`` with the default for every weight that the model does not have, and for one on both axes."""
        x, y, watched = (one if self.has_weight(one) else None for one in (chosen.x, chosen.y, chosen.watched))
        return replace(chosen, x=x, y=y if y != x else None, watched=watched)

    def has_weight(self, position: int | None) -> bool:
        """Whether the present model has a weight at that place of the row of all parameters; None is one by default."""
        network = self._network
        if position is None or network is None:
            return True
        return position < network.n_parameters and bool(network.is_weight[position])

    @property
    def trail(self) -> WeightTrailMemory:
        """What the weights have come through in the present run."""
        return self._trail.memory()

    def bring_back_trail(self, memory: WeightTrailMemory, run: int) -> None:
        """Draw ``memory`` as the trail of ``run``, which has just begun again.

        A session file of an earlier program may hold the trail of another run: one of other weights is left out.
        """
        n_parameters = 0 if self._network is None else self._network.n_parameters
        if all(len(moment) == n_parameters for moment in memory.moments):
            self._trail.bring_back(memory, run)

    def bring_back_pair(self, pair: DefaultPair) -> None:
        """Have ``pair`` on axes that nobody has chosen; one that the model does not have is left out."""
        if pair.first != pair.second and self.has_weight(pair.first) and self.has_weight(pair.second):
            self._brought_back = pair
            self._submit(is_moving=self._rest.isActive())

    def end_run(self) -> None:
        """There is no model any more."""
        self._thread.forget()
        self._expect(NOTHING)
        self._run = self._snapshot = self._network = None
        self._trail = WeightTrail()
        self._rest.stop()

    def set_ready(self) -> None:
        """The compiled code is there."""
        self._is_ready = True
        self._submit(is_moving=False)

    def follow(self, change: Change) -> None:
        """Other pressure moves the model, and another choice is another look at it."""
        if change.touches("training"):
            self._is_awaited = self._is_awaited and self._is_answering
            self._move()
        if change.touches("view.geometry"):
            self._submit(is_moving=False)

    def note_snapshot(self, snapshot: TrainSnapshot) -> None:
        """The newest moment of the run."""
        is_first = self._snapshot is None
        is_same = self._snapshot is not None and self._snapshot.step == snapshot.step
        self._snapshot = snapshot
        self._trail.note_snapshot(snapshot)
        if is_first or is_same:
            self._submit(is_moving=self._rest.isActive())
        else:
            self._move()

    def show_exact(self, exact: TrainSnapshot | None) -> None:
        """Draw this model in place of the paused one; None for the model itself."""
        if exact is not self._exact:
            self._exact = exact
            self._submit(is_moving=self._rest.isActive())

    def show_earlier(self, earlier: TrainSnapshot | None) -> None:
        """Draw this moment in place of now; None for now."""
        if earlier is not self._earlier:
            self._earlier = earlier
            self._move()

    def show_aspect(self, aspect: float) -> None:
        """The place of the picture has another height over its width."""
        if aspect != self._aspect:
            self._aspect = aspect
            self._submit(is_moving=False)

    def show_seen(self, is_seen: bool) -> None:
        """Whether anybody can see the picture; nothing is made for nobody."""
        if is_seen != self._is_seen:
            self._is_seen = is_seen
            self._submit(is_moving=False)

    def find_lambda(self, budget: float) -> None:
        """Answer with ``lambda_found``; for linear models."""
        request = self._request(is_moving=True)
        if request is not None and self._is_ready:
            self._is_awaited = True
            self._thread.find_lambda(budget, request)

    def _move(self) -> None:
        self._rest.start()
        self._submit(is_moving=True)

    def _request(self, is_moving: bool) -> GeometryRequest | None:
        run, snapshot, configuration = self._run, self._snapshot, self._session.configuration
        if run is None or snapshot is None:
            return None
        shown = self._earlier or self._exact or snapshot
        training = configuration.training if self._earlier is None else shown.settings
        choice = GeometryChoice.of(configuration.view.geometry, self._aspect)
        return GeometryRequest(
            run.number, run.dataset, run.architecture, run.seed, training, shown.parameters,
            (self._earlier or snapshot).step, self._trail.snapshots() if self.has_trail else (), choice, is_moving,
            self._earlier is not None, self._brought_back, shown is self._exact,
        )  # fmt: skip

    def _submit(self, is_moving: bool) -> None:
        if not self._is_seen:
            return
        if not self._is_ready:
            self.refused.emit(NOT_READY)
            return
        request = self._request(is_moving)
        if request is not None:
            self._thread.submit(request)

    def _on_rest_reached(self) -> None:
        self._submit(is_moving=False)

    def _on_made(self, run: int, view: GeometryView | Unavailable) -> None:
        if not self._is_expected(run) or not self._is_seen:
            return
        if isinstance(view, Unavailable):
            self.refused.emit(unavailable_text(view))
        else:
            self.made.emit(view)

    def _on_lambda_found(self, run: int, lam: float) -> None:
        if self._is_expected(run) and self._is_awaited:
            self._is_answering = True
            self.lambda_found.emit(lam)
            self._is_answering = False

    def _on_failed(self, _run: int, error: Exception) -> None:
        # One of an earlier run is a fault as well.
        self.failed.emit(error)
