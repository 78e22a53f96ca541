"""Who hears of whom around the calculator: each signal of panel, service and model reaches what it is for, once."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QObject, Signal

from regdesk.session.controllers.calculator import CalculatorController

pytestmark = pytest.mark.usefixtures("qapp")


class Noting:
    """Writes down what is called of it."""

    def __init__(self, said: list[tuple[Any, ...]], who: str) -> None:
        self._said, self._who = said, who

    def __getattr__(self, name: str) -> Any:
        return lambda *values: self._said.append((self._who, name, *values))


class Speaker(QObject):
    """Has signals of its own, and writes down everything else that is called of it."""

    def __init__(self, said: list[tuple[Any, ...]], who: str) -> None:
        super().__init__()
        self.noting = Noting(said, who)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.noting, name)


class Panel(Speaker):
    seen_changed, columns_changed, cell_chosen = Signal(bool), Signal(object), Signal(str, object)
    reset_requested, line_chosen, live_requested = Signal(), Signal(int), Signal()


class Service(Speaker):
    model_changed, point_changed, calculated, refused = Signal(object), Signal(object), Signal(object), Signal(str)


class Others(Speaker):
    begun, ended = Signal(object), Signal()
    row_chosen, calculator_requested = Signal(int), Signal()


class Wired:
    def __init__(self) -> None:
        self.said: list[tuple[Any, ...]] = []
        self.panel, self.service = Panel(self.said, "panel"), Service(self.said, "service")
        self.model, self.fit, self.door = (Others(self.said, one) for one in ("model", "fit", "door"))
        self.docks = Noting(self.said, "docks")
        self.window: Any = Speaker(self.said, "window")
        self.window.calculator, self.window.data_fit = self.panel, self.fit
        self.window.models, self.window.docks = self.door, self.docks
        self.models = SimpleNamespace(model=None)
        services: Any = SimpleNamespace(calculator=self.service, models=self.models, model=self.model)
        self.controller = CalculatorController(self.window, services, self.window)

    def after(self, signal: Any, *values: Any) -> list[tuple[Any, ...]]:
        self.said.clear()
        signal.emit(*values)
        return list(self.said)


def test_what_the_service_finds_the_panel_shows() -> None:
    wired = Wired()
    service = wired.service
    assert wired.after(service.model_changed, "m") == [("panel", "show_model", "m")]
    assert wired.after(service.point_changed, "p") == [("panel", "show_point", "p")]
    assert wired.after(service.calculated, "c") == [("panel", "show_calculation", "c")]
    assert wired.after(service.refused, "No.") == [("window", "show_error", "No.")]


def test_what_a_person_does_in_the_panel_the_service_hears() -> None:
    wired = Wired()
    panel = wired.panel
    assert wired.after(panel.seen_changed, True) == [("service", "show_seen", True)]
    assert wired.after(panel.columns_changed, (1, 2)) == [("service", "show_columns", (1, 2))]
    assert wired.after(panel.cell_chosen, "age", 3.0) == [("service", "choose", "age", 3.0)]
    assert wired.after(panel.reset_requested) == [("service", "reset")]
    assert wired.after(panel.line_chosen, 7) == [("service", "load_line", 7)]
    live = [("service", "show_live"), ("panel", "show_source", "")]
    assert wired.after(panel.live_requested) == live
    shown = [("docks", "bring_up", panel), ("service", "load_row", 5)]
    assert wired.after(wired.fit.row_chosen, 5) == live + shown, "it is a row of what the live model trains on"


def test_a_run_begins_and_ends_and_a_model_from_a_file_is_asked() -> None:
    wired = Wired()
    assert wired.after(wired.model.begun, "run") == [("service", "begin_run", "run"), ("panel", "show_source", "")]
    assert wired.after(wired.model.ended) == [("service", "end_run"), ("panel", "forget")]
    assert wired.after(wired.door.calculator_requested) == [], "none has been opened"
    wired.models.model = SimpleNamespace(path=Path("/x/kept.regdesk"), saved=SimpleNamespace(model="saved"))
    assert wired.after(wired.door.calculator_requested) == [
        ("panel", "show_source", "kept.regdesk"), ("docks", "bring_up", wired.panel),
        ("service", "show_model", "saved"),
    ]  # fmt: skip
