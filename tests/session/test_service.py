"""What every service has from its base: it ends its threads and timers, and after that no answer reaches anybody."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from linear_solves import optimum_at
from session_fakes import (
    FakeBackground,
    FakeDrawing,
    FakeSolving,
    FakeSweeping,
    FakeWorker,
    HandClock,
    curve_at,
    loaded_from,
    run_of,
    write_small,
)

from regdesk.compiling.engine_cache import PATHS
from regdesk.core.settings.configuration import Configuration
from regdesk.core.types import Architecture, DataSettings, TrainSettings
from regdesk.session.data_service import DataService
from regdesk.session.geometry_service import GeometryService
from regdesk.session.optimum_service import OptimumService
from regdesk.session.service import NOTHING, Service
from regdesk.session.session import Session
from regdesk.session.sweep_service import SweepService

LINEAR = Configuration(DataSettings(target="y"), Architecture(hidden=()), TrainSettings(penalty="l1", lam=0.1))


class Asking(Service):
    """A service that says whether it would take an answer."""

    def ask(self, number: int) -> None:
        self._expect(number)

    def takes(self, number: int) -> bool:
        return self._is_expected(number)


def test_only_answers_of_the_number_asked_for_last_count() -> None:
    service = Asking(FakeWorker())
    assert not service.takes(NOTHING)
    service.ask(1)
    service.ask(2)
    assert [service.takes(number) for number in (0, 1, 2, 3)] == [False, False, True, False]
    service.ask(NOTHING)
    assert not any(service.takes(number) for number in range(4)), "nothing is an answer to nothing"


def test_all_threads_are_told_to_end_before_one_is_waited_for() -> None:
    order: list[tuple[str, str]] = []

    class Noting:
        def __init__(self, name: str) -> None:
            self.name = name

        def stop(self) -> None:
            order.append((self.name, "stop"))

        def wait(self) -> None:
            order.append((self.name, "wait"))

    service = Service(Noting("a"), Noting("b"))
    service.stop()
    service.wait()
    assert order == [("a", "stop"), ("b", "stop"), ("a", "wait"), ("b", "wait")]


def test_what_has_ended_expects_nothing_more() -> None:
    service = Asking(FakeWorker())
    service.ask(1)
    service.stop()
    service.ask(2)
    assert not service.takes(1)
    assert not service.takes(2)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return write_small(tmp_path)


def heard(service: Any, names: str) -> list[Any]:
    log: list[Any] = []
    for name in names.split():
        getattr(service, name).connect(lambda *values, name=name: log.append((name, *values)))
    return log


def test_data_that_arrive_after_the_end_are_not_put_in_force(file: Path) -> None:
    reading, previewing = FakeBackground(), FakeBackground()
    service = DataService(Session(LINEAR), reading, previewing)
    service.open_file(str(file), settings=DataSettings(target="y"))
    reading.answer()
    service.preview(DataSettings(target="y"), 1)
    service.open_file(str(file), settings=DataSettings(target="y"))
    service.stop()
    log = heard(service, "loaded load_failed progressed previewed preview_failed")
    reading.progressed.emit(reading.newest, 0.5)
    reading.answer()
    reading.failed.emit(reading.newest, ValueError("late"))
    previewing.answer()
    previewing.failed.emit(previewing.newest, ValueError("late"))
    assert log == []


def test_a_sweep_that_ends_after_the_end_is_not_announced(file: Path) -> None:
    thread = FakeSweeping()
    service = SweepService(thread, Session(LINEAR), SimpleNamespace(now=loaded_from(file)))
    service.set_ready(PATHS)
    service.start()
    service.stop()
    log = heard(service, "changed ended failed")
    thread.newest = 1, curve_at([1.0], 3)
    thread.ended.emit(1)
    assert (log, service.curve) == ([], None)


def test_an_optimum_that_is_found_after_the_end_is_not_put_into_a_model(file: Path) -> None:
    thread = FakeSolving()
    service = OptimumService(thread, HandClock())
    service.set_ready()
    service.begin_run(run_of(loaded_from(file), LINEAR.architecture))
    service.solve(LINEAR.training)
    service.stop()
    log = heard(service, "changed solved refused")
    thread.solved.emit(1, optimum_at(LINEAR.training))
    assert (log, service.known(LINEAR.training)) == ([], None)


def test_a_picture_that_is_made_after_the_end_is_not_shown(file: Path) -> None:
    thread = FakeDrawing()
    service = GeometryService(thread, Session(LINEAR), HandClock())
    service.set_ready()
    service.begin_run(run_of(loaded_from(file), LINEAR.architecture))
    service.show_seen(True)
    service.stop()
    log = heard(service, "made refused lambda_found")
    thread.made.emit(1, object())
    assert log == []
