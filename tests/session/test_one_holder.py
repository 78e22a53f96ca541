"""Nobody but the session keeps what is in force: no part of it holds the value of a setting that has just changed.

Values that describe something that was (a run, data that have been prepared, a moment) are frozen and hold what they
were made with, and the memory of a run (``core/run``) is of what was as well. What is looked into is every object of
the session that lives on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject
from session_fakes import FakeWindow, HandClock, fake_workers, loaded_from, snapshot_of, write_small

from regdesk.core.settings.configuration import Configuration, GeometrySettings, value_at
from regdesk.core.settings.setting_kinds import Choice, Truth
from regdesk.core.settings.settings_table import TABLE
from regdesk.core.types import Architecture, DataSettings, TrainSettings
from regdesk.session.controller import Controller
from regdesk.session.controllers.frame_clock import FRAME_MS, START_AFTER_MS
from regdesk.session.session import Session
from regdesk.session.workers import Workers
from regdesk.workers.training import NewRun

LINEAR = Configuration(DataSettings(target="y"), Architecture(hidden=()), TrainSettings("l1", 0.1), seed=3)
GROUPS = (Configuration, GeometrySettings, *(type(getattr(LINEAR, one.name)) for one in fields(LINEAR)))
GROUP_TYPES = tuple(one for one in GROUPS if is_dataclass(one))
UNLIKE_ANYTHING: dict[str, Any] = {
    "source.file": "nowhere at all.csv",
    "source.sample": "two-moons",
    "source.delimiter": "|",
    "data.target": "a",
    "data.features": ("c", "b"),
    "data.validation_fraction": 0.3125,
    "data.test_fraction": 0.15625,
    "data.split_column": "c",
    "data.fold_column": "b",
    "data.penalty_factors": (("c", 0.625),),
    "seed": 97_531,
    "architecture.hidden": (7, 5),
    "training.lam": 0.07654321,
    "training.l1_ratio": 0.7654321,
    "training.learning_rate": 0.01234567,
    "training.batch_size": 13,
    "ending.n_epochs": 86_421,
    "ending.tolerance": 0.000_345_6,
    "ending.max_epochs": 75_309,
    "sweep.lambdas": (0.5, 0.25, 0.111),
    "sweep.n_lambdas": 73,
    "sweep.n_folds": 11,
    "sweep.n_starts": 17,
    "view.slice": ("b", "c"),
    "view.span_share": 0.4321,
    "view.span_epochs": 4321.0,
    "view.smoothing": 0.0987,
    "view.steps_per_second": 4567.0,
    "view.closed_panels": ("historyPanel",),
    "view.geometry.x": 29,
    "view.geometry.y": 31,
    "view.geometry.watched": 37,
}
"""Values that nothing else has by chance. A choice of words, or of true and false, has none such: ``GROUP_TYPES`` see
these where they are kept with their group."""


def is_value(one: Any) -> bool:
    """Whether it is frozen: it says what was, and does not follow."""
    return is_dataclass(one) and type(one).__dataclass_params__.frozen  # type: ignore[attr-defined]


def attributes(root: QObject) -> Iterator[tuple[str, Any]]:
    """The names and values that every object of ``regdesk.session`` has which ``root`` reaches: itself, its children
    and what they hold, but for the session itself and its workers.
    """
    waiting: list[tuple[str, Any]] = [(type(root).__name__, root)]
    seen: set[int] = set()
    while waiting:
        name, one = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        if isinstance(one, QObject):
            waiting += [(f"{name} > {type(child).__name__}", child) for child in one.children()]
        for key, value in vars(one).items():
            yield f"{name}.{key}", value
            inner = value.values() if isinstance(value, Mapping) else value
            many = inner if isinstance(inner, list | tuple | set) or inner is not value else ()
            for part in (value, *many):
                own = type(part).__module__.startswith("regdesk.session.") and hasattr(part, "__dict__")
                if own and not isinstance(part, Session | Workers | type) and not is_value(part):
                    waiting.append((f"{name}.{key}", part))


def copies(root: QObject, value: Any) -> list[str]:
    """Who holds ``value``, or any group of settings."""
    found = []
    for name, held in attributes(root):
        is_same = type(held) is type(value) and not isinstance(held, bool) and held == value
        if is_same or isinstance(held, GROUP_TYPES):
            found.append(name)
    return found


class Desk:
    """A linear model that has been seen, its geometry is looked at, and a sweep is under way."""

    def __init__(self, folder: Path) -> None:
        self.session, self.window, self.clock = Session(LINEAR), FakeWindow(0), HandClock()
        self.workers = fake_workers(LINEAR.training)
        self.controller = Controller(self.window, self.session, self.workers, self.clock)
        self.controller.start()
        self.clock.advance(START_AFTER_MS)
        self.workers.engine.finish()
        file = write_small(folder)
        self.controller.open_file(str(file), settings=DataSettings(target="y"))
        self.workers.reading.answer()
        self.loaded = loaded_from(file, seed=3)
        self.window.plane_geometry.seen_changed.emit(True)
        self.window.sweep_requested.emit()
        self.look()

    def look(self) -> None:
        """The newest run is seen."""
        run = [one for one in self.workers.training.asked if isinstance(one, NewRun)][-1]
        self.workers.training.mailbox.offer(snapshot_of(self.loaded, run.architecture, LINEAR.training, 4, run=run.run))
        self.clock.advance(20 * FRAME_MS)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_every_setting_has_a_value_unlike_anything_else() -> None:
    paths = {setting.path for setting in TABLE if not isinstance(setting.kind, Truth | Choice)}
    assert set(UNLIKE_ANYTHING) == paths


@pytest.mark.parametrize("path", list(UNLIKE_ANYTHING))
def test_nobody_else_holds_a_setting_that_has_changed(desk: Desk, path: str) -> None:
    assert copies(desk.controller, object()) == []
    value = UNLIKE_ANYTHING[path]
    desk.session.change(path, value, "script")
    assert value_at(desk.session.configuration, path) == value
    assert copies(desk.controller, value) == []
    if path.startswith(("data.", "seed", "source.sample")):
        desk.workers.reading.answer()
    desk.look()
    assert copies(desk.controller, value) == []


def test_a_copy_would_be_seen(desk: Desk) -> None:
    one = next(child for child in desk.controller.children() if type(child).__name__ == "GeometryService")
    for held in (0.07654321, LINEAR, LINEAR.training, GeometrySettings(x=1)):
        one.kept = held  # type: ignore[attr-defined]
        (name,) = copies(desk.controller, 0.07654321)
        assert name.endswith(".kept"), held
