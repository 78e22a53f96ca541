"""Whoever asks for the session is answered, whatever comes between: unanswered, they would be dead from then on."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from session_fakes import FakeWindow, HandClock, fake_workers, loaded_from, snapshot_of, write_small

from regdesk.core.settings.configuration import Configuration
from regdesk.core.types import Architecture, DataSettings, TrainSettings
from regdesk.session.controller import Controller
from regdesk.session.controllers.frame_clock import FRAME_MS, START_AFTER_MS
from regdesk.session.keeping.gathering import Gatherer
from regdesk.session.keeping.saver import NOT_GATHERED
from regdesk.session.session import Session
from regdesk.workers.requests import HandedOver

LASSO = TrainSettings(penalty="l1", lam=0.1)
LINEAR = Configuration(DataSettings(target="y"), Architecture(hidden=()), LASSO, seed=3)


@pytest.fixture
def desk(tmp_path: Path) -> Any:
    """A linear model at rest; ``found`` are answers to ``gather``."""
    window, clock, workers = FakeWindow(), HandClock(), fake_workers(LASSO)
    controller = Controller(window, Session(LINEAR), workers, clock)
    controller.start()
    clock.advance(START_AFTER_MS)
    workers.engine.finish()
    file = write_small(tmp_path)
    controller.open_file(str(file), settings=DataSettings(target="y"))
    workers.reading.answer()
    found: list[Any] = []

    def show() -> None:
        moment = snapshot_of(loaded_from(file, seed=3), LINEAR.architecture, LASSO, 0, run=1)
        workers.training.mailbox.offer(moment)
        clock.advance(FRAME_MS)

    return SimpleNamespace(
        controller=controller, window=window, training=workers.training, found=found, show=show,
        keeping=workers.keeping, gather=lambda: controller.keeper.gather(found.append), folder=tmp_path,
    )  # fmt: skip


def test_an_answer_comes_where_the_state_is_lost_or_is_none(desk: Any, qtbot: Any) -> None:
    desk.show()
    desk.training.is_lost = True
    desk.gather()
    desk.training.hand_over()
    assert desk.found == [None]
    desk.training.is_lost = False
    desk.gather()
    number = desk.training.asked[-1].number
    broken: Any = object()
    with qtbot.capture_exceptions() as errors:
        desk.training.handed_over.emit(HandedOver(1, number, broken, None))
    assert (desk.found, len(errors)) == ([None, None], 1)
    desk.controller.keeper.gather(desk.found.append)
    desk.training.handed_over.emit(HandedOver(1, number + 1, None, None))
    assert [callable(one) for one in desk.found] == [False, False, True]


def test_an_answer_comes_where_an_error_is_made_of_it(desk: Any, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    # Two that wait for the first moment: what becomes of the one is nothing to the other.
    gathered: list[str] = []
    torn = [RuntimeError("of the first")]

    def first(*_found: object) -> None:
        gathered.append("first")
        raise torn.pop()

    (gatherer,) = desk.controller.findChildren(Gatherer)
    gatherer.gather(first)
    gatherer.gather(lambda *_found: gathered.append("second"))
    with qtbot.capture_exceptions() as errors:
        desk.training.failed.emit(ValueError("the run"))
    assert gathered == ["first", "second"]
    assert "of the first" in [str(error) for _, error, _ in errors]
    desk.show()
    with monkeypatch.context() as patch:
        patch.setattr("regdesk.session.keeping.gathering.lasting_look", lambda *_look, **_how: 1 // 0)
        desk.gather()
        with qtbot.capture_exceptions() as errors:
            desk.training.hand_over()
        assert (desk.found, len(errors)) == ([None], 1)
    desk.gather()
    desk.training.hand_over()
    assert callable(desk.found[1])


def test_who_saves_is_told_and_can_save_again(desk: Any, qtbot: Any) -> None:
    desk.show()
    file = desk.folder / "s.regdesk"
    desk.training.is_lost = True
    desk.window.sessions.place_chosen.emit(str(file), False)
    desk.training.hand_over()
    assert desk.window.last("show_error") == NOT_GATHERED
    assert desk.window.last("sessions.note_done") == NOT_GATHERED
    desk.training.is_lost = False
    desk.window.sessions.place_chosen.emit(str(file), False)
    desk.training.hand_over()
    assert desk.keeping.newest == 1
