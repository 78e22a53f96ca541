"""Workers that do only what a test tells them, a clock moved by hand, and a window that writes down what it is told.

With them a service, or the whole controller, runs in the test's own thread: what is asked of a worker is read from its
lists, and what it answers is emitted by the test.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, Signal

from regdesk.compiling.engine_cache import PARTS
from regdesk.core.fit.scene import FitFrame
from regdesk.core.model.network import Network
from regdesk.core.model.shortfalls import NoCriteria
from regdesk.core.run.history import HistoryRow
from regdesk.core.run.snapshot import TrainSnapshot
from regdesk.core.run.taken import Taken
from regdesk.core.sweep.curve import SweepCurve
from regdesk.core.types import Architecture, DataSettings, TrainSettings
from regdesk.data.csv.reader import read_table
from regdesk.data.source import Source
from regdesk.session.clock import Clock
from regdesk.session.run import Run
from regdesk.session.workers import Workers
from regdesk.tasks.loading import Loaded, prepare
from regdesk.views.window.main_window import MainWindow
from regdesk.workers.look_pace import EarlierMoments
from regdesk.workers.mailbox import Mailbox
from regdesk.workers.requests import HandedOver, NewRun, NoRun, StateWanted


class HandTimer(QObject):
    """Times out when its clock is moved past the time."""

    timeout = Signal()

    def __init__(self, clock: HandClock, interval_ms: int, is_single: bool, parent: QObject) -> None:
        super().__init__(parent)
        self._clock, self._interval_ms, self._is_single = clock, interval_ms, is_single
        self.due_ms: int | None = None

    def start(self, interval_ms: int | None = None) -> None:
        self._interval_ms = self._interval_ms if interval_ms is None else interval_ms
        self.due_ms = self._clock.now_ms + self._interval_ms

    def stop(self) -> None:
        self.due_ms = None

    def isActive(self) -> bool:
        return self.due_ms is not None

    def expire(self) -> None:
        self.due_ms = None if self._is_single else self._clock.now_ms + self._interval_ms
        self.timeout.emit()


class HandClock(Clock):
    """Stands still until ``advance``."""

    def __init__(self) -> None:
        self.now_ms = 1_000_000
        self._timers: list[HandTimer] = []

    def now_s(self) -> float:
        return self.now_ms / 1000

    def ticks(self, every_ms: int, parent: QObject) -> Any:
        return self._made(HandTimer(self, every_ms, False, parent))

    def delay(self, after_ms: int, parent: QObject) -> Any:
        return self._made(HandTimer(self, after_ms, True, parent))

    def advance(self, by_ms: int) -> None:
        """Let so much time pass; timers time out in their order, each at its time."""
        end_ms = self.now_ms + by_ms
        while True:
            due = [timer for timer in self._timers if timer.due_ms is not None and timer.due_ms <= end_ms]
            if not due:
                break
            first = min(due, key=lambda timer: timer.due_ms or 0)
            assert first.due_ms is not None
            self.now_ms = max(self.now_ms, first.due_ms)
            first.expire()
        self.now_ms = end_ms

    @property
    def n_active(self) -> int:
        return sum(timer.isActive() for timer in self._timers)

    def _made(self, timer: HandTimer) -> HandTimer:
        self._timers.append(timer)
        return timer


class FakeWorker(QObject):
    """``asked`` holds what it was asked for, ``called`` the names of what was called without a request."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[Any] = []
        self.called: list[str] = []

    def stop(self) -> None:
        self.called.append("stop")

    def wait(self) -> None:
        self.called.append("wait")

    def forget(self) -> None:
        self.called.append("forget")

    def cancel(self) -> None:
        self.called.append("cancel")

    def start(self, *_what: Any) -> None:
        self.called.append("start")


class FakeBackground(FakeWorker):
    succeeded = Signal(int, object)
    failed = Signal(int, object)
    progressed = Signal(int, float)
    glimpsed = Signal(int, object)

    def __init__(self) -> None:
        super().__init__()
        self.newest = 0
        self.kept: list[int] = []
        self.reported: list[float] = []

    def submit(self, work: Callable[[Callable[[], bool]], Any], *, is_kept: bool = False) -> int:
        self.newest += 1
        self.kept += [self.newest] if is_kept else []
        self.asked.append(work)
        return self.newest

    def cancel(self) -> None:
        super().cancel()
        self.newest += 1

    def report(self, fraction: float) -> None:
        self.reported.append(fraction)

    def glimpse(self, value: object) -> None:
        self.glimpsed.emit(self.newest, value)

    def seen(self) -> None:
        """What was glimpsed has been shown."""

    def hold(self) -> None:
        self.called.append("hold")

    def release(self) -> None:
        self.called.append("release")

    def answer(self, number: int | None = None) -> None:
        """Do the work that was submitted last and report how it ended, as a thread does; under ``number``."""
        number = self.newest if number is None else number
        try:
            result = self.asked[-1](lambda: False)
        except Exception as error:
            self.failed.emit(number, error)
        else:
            self.succeeded.emit(number, result)


class FakeSweeping(FakeWorker):
    ended = Signal(int)
    failed = Signal(int, object)

    def __init__(self) -> None:
        super().__init__()
        self.newest: Any = None
        self.seen: Any = None
        self.scale: Any = None
        self.progress: Any = None
        self.has_company = self.is_at_work = False

    def submit(self, work: Any) -> int:
        self.asked.append(work)
        return len(self.asked)


class FakeSolving(FakeWorker):
    solved = Signal(int, object)
    failed = Signal(int, object)

    def submit(self, work: Any) -> None:
        self.asked.append(work)


class FakeDrawing(FakeWorker):
    made = Signal(int, object)
    lambda_found = Signal(int, float)
    failed = Signal(int, object)

    def __init__(self) -> None:
        super().__init__()
        self.budgets: list[float] = []

    def submit(self, request: Any) -> None:
        self.asked.append(request)

    def find_lambda(self, budget: float, request: Any) -> None:
        self.budgets.append(budget)
        self.asked.append(request)


class FakeTraining(FakeWorker):
    failed = Signal(object)
    handed_over = Signal(object)

    def __init__(self, settings: TrainSettings) -> None:
        super().__init__()
        self.mailbox: Mailbox[TrainSnapshot] = Mailbox()
        self.earlier = EarlierMoments()
        self.taken: deque[Taken] = deque()
        self.settings = settings
        self.steps_per_second: float | None = 0.0
        self.is_running = self.is_dragging = False
        self.run = self.n_epochs = 0
        # Whether a run that is over is handed over when the test says so, and not at once; a state always is.
        self.is_late = False
        self._late: list[HandedOver] = []
        # What is handed over next is of a run whose state is lost.
        self.is_lost = False

    def request(self, request: Any) -> None:
        self.asked.append(request)
        if isinstance(request, NewRun | NoRun):
            over, self.run = self.run, request.run if isinstance(request, NewRun) else 0
            if over and self.is_late:
                self._late.append(HandedOver(over, 0, None, None))
            elif over:
                self.handed_over.emit(HandedOver(over, 0, None, None))
        elif isinstance(request, StateWanted):
            self._late.append(HandedOver(self.run, request.number, None, None, is_lost=self.is_lost))

    def hand_over(self) -> None:
        """All that has not been so far."""
        late, self._late = self._late, []
        for handed in late:
            self.handed_over.emit(handed)

    def request_epoch(self) -> None:
        self.n_epochs += 1

    def wake(self) -> None:
        self.called.append("wake")

    def note_heard(self) -> None:
        self.called.append("note_heard")

    def prepare(self) -> None:
        self.called.append("prepare")

    def begin(self) -> None:
        self.called.append("begin")


class FakeEngine(FakeWorker):
    compiling = Signal()
    ready = Signal(str)
    failed = Signal()

    def start(self, *what: Any) -> None:
        super().start()
        self.asked += what

    def finish(self) -> None:
        """All of the compiled code is there."""
        for part in PARTS:
            self.ready.emit(part)


class FakeFairShare(FakeWorker):
    def settle(self) -> None:
        self.called.append("settle")

    def note_left_run(self) -> None:
        self.called.append("note_left_run")


def fake_workers(settings: TrainSettings) -> Any:
    """One of each; a model begins under ``settings``."""
    return Workers(
        FakeTraining(settings),
        FakeBackground(),
        FakeBackground(),
        FakeBackground(),
        FakeSweeping(),
        FakeSolving(),
        FakeDrawing(),
        FakeBackground(),
        FakeEngine(),
        FakeFairShare(),
        *(FakeBackground() for _ in range(9)),
    )


class Told:
    """Stands for a part of the window: calls are written down, and it can be connected to and emitted as a signal."""

    def __init__(self, log: list[tuple[str, tuple[Any, ...]]], name: str = "") -> None:
        self._log, self._name = log, name
        self._slots: list[Callable[..., Any]] = []
        self._parts: dict[str, Told] = {}

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return self._parts.setdefault(name, Told(self._log, f"{self._name}.{name}".lstrip(".")))

    def __call__(self, *values: Any, **named: Any) -> None:
        self._log.append((self._name, (*values, *named.values())))

    def connect(self, slot: Any) -> None:
        self._slots.append(slot)

    def emit(self, *values: Any) -> None:
        for slot in self._slots:
            getattr(slot, "emit", slot)(*values)


WINDOW_PARTS = frozenset(
    [
        "controls",
        "commands",
        "history",
        "histogram",
        "weight_path",
        "data_fit",
        "loss_curve",
        "plane_geometry",
        "importing",
        "calculator",
        "variables",
        "translations",
        "published",
        "lessons",
        "models",
        "sessions",
        "docks",
        "undoing",
        "surroundings",
    ]
)
"""What the main window makes as it begins, and a class does not show."""


class FakeWindow(QObject):
    """The main window as the controller sees it; ``told`` holds the name and the values of every call, oldest first.

    What it is asked that the main window does not have is an error.
    """

    def __init__(self, n_parts_to_build: int = 0) -> None:
        super().__init__()
        self.told: list[tuple[str, tuple[Any, ...]]] = []
        self.is_behind = False
        self.n_parts_to_build = n_parts_to_build
        self._parts: dict[str, Told] = {}

    def build_next(self) -> bool:
        self.n_parts_to_build -= 1
        return self.n_parts_to_build >= 0

    def __getattr__(self, name: str) -> Any:
        if name not in WINDOW_PARTS:
            getattr(MainWindow, name)
        return self._parts.setdefault(name, Told(self.told, name))

    def all_of(self, name: str) -> list[tuple[Any, ...]]:
        """The values of every call of that name, such as ``show_error``."""
        return [values for one, values in self.told if one == name]

    def last(self, name: str) -> Any:
        """The values of the last such call; the value itself where there is one."""
        values = self.all_of(name)[-1]
        return values[0] if len(values) == 1 else values


def emissions(signal: Any) -> list[Any]:
    """A list that grows with what ``signal`` emits from now on: values, or tuples where there are several or none."""
    found: list[Any] = []
    signal.connect(lambda *values: found.append(values[0] if len(values) == 1 else values))
    return found


def write_small(folder: Path, name: str = "small.csv", n_rows: int = 24) -> Path:
    """y = 2 a − b + noise, and a column c that says nothing."""
    a, b, c, noise = np.random.default_rng(4).normal(size=(4, n_rows)).round(2)
    rows = zip(a, b, c, (2 * a - b + 0.1 * noise).round(3), strict=True)
    path = folder / name
    path.write_text("\n".join(["a,b,c,y", *(",".join(map(str, row)) for row in rows)]) + "\n", encoding="utf-8")
    return path


def loaded_from(path: Path, seed: int = 0, **settings: Any) -> Loaded:
    """What reading that file and preparing it come to."""
    source = Source(path, path.name)
    return prepare(source, read_table(path), DataSettings(**({"target": "y"} | settings)), seed, lambda: False)


def run_of(loaded: Loaded, architecture: Architecture, number: int = 1, seed: int | None = None) -> Run:
    """A run of those data; ``seed`` is that of the data where there is none."""
    return Run(number, loaded if seed is None else replace(loaded, seed=seed), architecture)


def snapshot_of(
    loaded: Loaded,
    architecture: Architecture,
    settings: TrainSettings,
    step: int = 0,
    *,
    run: int = 1,
    value: float = 0.5,
    loss: float = 0.25,
    **others: Any,
) -> TrainSnapshot:
    """A moment of a model all of whose parameters are ``value``, with the training loss ``loss``."""
    dataset = loaded.dataset
    network = Network.of(architecture, dataset.n_inputs, dataset.n_outputs, dataset.input_groups)
    parameters = np.full(network.n_parameters, value)
    row = HistoryRow(step, step, loss, 2 * loss, 1.0, settings.lam, 0.0)
    nothing = np.empty(0)
    fit = FitFrame(
        nothing, np.empty(0, np.int64), nothing, nothing, (nothing, nothing), np.empty((0, 0), np.int64), 0.5,
        float("nan"), scene=loaded.fit_view.scene,
    )  # fmt: skip
    values: dict[str, Any] = {
        "run": run,
        "step": step,
        "epoch": float(step),
        "settings": settings,
        "network": network,
        "parameters": parameters,
        "train_loss": loss,
        "validation_loss": 2 * loss,
        "penalty_value": 1.0,
        "objective": loss + settings.effective_lam,
        "n_weights": network.n_weights,
        "n_nonzero": network.n_weights,
        "layers": (),
        "fit": fit,
        "rows": np.array([row]),
        "kkt_residual": 1.0,
        "is_converged": False,
        "is_collapsed": False,
        "has_diverged": False,
    }
    return TrainSnapshot(**(values | others))


def curve_at(lambdas: list[float], n_inputs: int, n_lambdas: int = 4) -> SweepCurve:
    """A sweep of a linear model that has come so far; at the λ of place k all weights are k + 1 and the bias is −k."""
    n_done = len(lambdas)
    places, unknown = np.arange(n_done, dtype=float), np.full(n_done, np.nan)
    return SweepCurve(
        settings=TrainSettings(penalty="l1"),
        n_lambdas=n_lambdas,
        n_folds=5,
        is_done=n_done == n_lambdas,
        lambdas=np.array(lambdas),
        train_loss=0.1 + places,
        validation_loss=0.2 + places,
        validation_se=np.full(n_done, 0.05),
        accuracy=unknown,
        auroc=unknown,
        n_nonzero=np.full(n_done, n_inputs),
        converged=np.ones(n_done, dtype=bool),
        weights=np.tile(places[:, None, None] + 1.0, (1, n_inputs, 1)),
        biases=-places[:, None],
        best=0,
        one_standard_error=0,
        degrees_of_freedom=unknown,
        aic=unknown,
        bic=unknown,
        lowest_aic=None,
        lowest_bic=None,
        no_criteria_reasons=(NoCriteria.NO_OPTIMUM,) * n_done,
        shortfalls=((),) * n_done,
    )
