"""Nobody but the session keeps what is in force: no part of it holds the value of a setting that has just changed.

Values that describe something that was (a run, data that have been prepared, a moment) are frozen and hold what they
were made with, and the memory of a run (``core/run``) is of what was as well. What is looked into is every object of
the session that lives on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject
from session_fakes import FakeWindow, HandClock, fake_workers, loaded_from, snapshot_of, write_small

from regdesk.core.settings.configuration import Configuration, GeometrySettings, value_at
from regdesk.core.settings.setting_kinds import Choice, Mark, Number, Several, Truth, Whole
from regdesk.core.settings.settings_table import SETTINGS, TABLE
from regdesk.core.types import Architecture, DataSettings, TrainSettings
from regdesk.session.controller import Controller
from regdesk.session.controllers.frame_clock import FRAME_MS, START_AFTER_MS
from regdesk.session.session import Session
from regdesk.session.workers import Workers
from regdesk.workers.requests import NewRun

LINEAR = Configuration(DataSettings(target="y"), Architecture(hidden=()), TrainSettings("l1", 0.1), seed=3)
GROUPS = (Configuration, GeometrySettings, *(type(getattr(LINEAR, one.name)) for one in fields(LINEAR)))
GROUP_TYPES = tuple(one for one in GROUPS if is_dataclass(one))
OWN_VALUES: dict[str, Any] = {
    "source.sample": "two-moons",
    "source.reading.encoding": "cp1250",
    "source.reading.quote": "~",
    "source.reading.kinds": (("c", "text"),),
    "data.roles": (("c", "ignored"),),
    "data.target": "a",
    "data.features": ("c", "b"),
    "data.split_column": "c",
    "data.fold_column": "b",
    "data.weight_column": "b",
    "data.date_parts": ("all",),
    "data.cells": (("2:b", "0.8125"),),
    "data.penalty_factors": (("c", 0.625),),
    "view.slice": ("b", "c"),
    "view.closed_panels": ("pathPanel", "historyPanel"),
    "view.lecture.panels": ("pathPanel", "historyPanel"),
    "view.selected": ("weight", 7_531),
}
"""Of settings that name a sample, columns or panels."""
WIDE = replace(LINEAR, architecture=Architecture(hidden=(100, 100)))
"""A model with so many weights that one of them has a place unlike any other number."""
PATHS = [setting.path for setting in TABLE if not isinstance(setting.kind, Truth | Choice)]
"""A choice of words, or of true and false, has no value unlike any other: ``GROUP_TYPES`` see these where they are kept
with their group."""


def unlike_anything(kind: Any) -> Any:
    """A value of ``kind`` that nothing else has by chance."""
    if isinstance(kind, Number):
        low, high = max(kind.low, 0.0), min(kind.high, 4321.0)
        return low + 0.07654321 * (high - low)
    if isinstance(kind, Whole):
        return max(kind.low, 0) + 7_531 if kind.high is None or kind.high > 10_000 else kind.high - 3
    if isinstance(kind, Several):
        return (unlike_anything(kind.one),)
    return "|" if isinstance(kind, Mark) else "nowhere at all"


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
    """Who holds ``value``, or any group of settings; what weights were trained under says what was."""
    found = []
    for name, held in attributes(root):
        if name.endswith(".trained_under"):
            continue
        is_same = type(held) is type(value) and not isinstance(held, bool) and held == value
        if is_same or isinstance(held, GROUP_TYPES):
            found.append(name)
    return found


class Desk:
    """A model that has been seen, linear if nothing is said, its geometry is looked at, and a sweep is under way."""

    def __init__(self, folder: Path, configuration: Configuration = LINEAR) -> None:
        self.session, self.window, self.clock = Session(configuration), FakeWindow(0), HandClock()
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


@pytest.mark.parametrize("path", PATHS)
def test_nobody_else_holds_a_setting_that_has_changed(tmp_path: Path, path: str) -> None:
    desk = Desk(tmp_path, WIDE if path.startswith(("view.geometry.", "view.selected")) else LINEAR)
    assert copies(desk.controller, object()) == []
    value = OWN_VALUES.get(path, unlike_anything(SETTINGS[path].kind))
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
