"""When the validation rows are permuted: by hand at any time, by itself of a paused model that is looked at."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from session_fakes import FakeBackground, HandClock, emissions, loaded_from, run_of, snapshot_of, write_small

from regdesk.core.types import Architecture, TrainSettings
from regdesk.session.questions.importance_service import NO_ROWS, REST_MS, ImportanceService

LINEAR = Architecture(hidden=())


class Desk:
    def __init__(self, folder: Path, **settings: Any) -> None:
        self.thread, self.clock = FakeBackground(), HandClock()
        self.service = ImportanceService(self.thread, self.clock)
        self.found, self.refused = emissions(self.service.found), emissions(self.service.refused)
        self.begun, self.forgotten = emissions(self.service.begun), emissions(self.service.forgotten)
        self.loaded = loaded_from(write_small(folder), **settings)
        self.service.begin_run(run_of(self.loaded, LINEAR))

    def note(self, step: int, value: float = 0.5, run: int = 1) -> Any:
        snapshot = snapshot_of(self.loaded, LINEAR, TrainSettings("l1", 0.1), step, run=run, value=value)
        self.service.note_snapshot(snapshot)
        return snapshot

    def rest(self) -> None:
        self.clock.advance(REST_MS)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_a_paused_model_that_is_looked_at_is_asked_once(desk: Desk) -> None:
    snapshot = desk.note(3)
    desk.rest()
    # Nobody looks.
    assert desk.thread.asked == []
    desk.service.show_seen(True)
    desk.clock.advance(REST_MS - 1)
    assert desk.thread.asked == []
    desk.clock.advance(1)
    assert len(desk.thread.asked) == len(desk.begun) == 1
    desk.thread.answer()
    (found,) = desk.found
    assert found.parameters is snapshot.parameters
    assert (found.epoch, len(found.increases)) == (3.0, 3)
    # The same moment once more, and a look away and back.
    desk.service.note_snapshot(snapshot)
    desk.service.show_seen(False)
    desk.service.show_seen(True)
    desk.rest()
    assert len(desk.thread.asked) == 1
    desk.note(4, 0.25)
    desk.rest()
    assert len(desk.thread.asked) == 2


def test_one_that_trains_is_asked_by_hand_alone(desk: Desk) -> None:
    desk.service.show_seen(True)
    desk.service.show_running(True)
    first = desk.note(1)
    desk.rest()
    assert desk.thread.asked == []
    desk.service.ask()
    desk.note(2, 0.75)
    desk.thread.answer()
    (found,) = desk.found
    assert found.parameters is first.parameters
    # Paused, the newest moment is another.
    desk.service.show_running(False)
    desk.rest()
    assert len(desk.thread.asked) == 2


def test_another_run_forgets_and_late_answers_are_dropped(desk: Desk) -> None:
    desk.note(1)
    desk.service.ask()
    late = desk.thread.newest
    desk.service.begin_run(run_of(desk.loaded, LINEAR, number=2))
    desk.thread.answer(late)
    assert desk.found == []
    assert len(desk.forgotten) == 2
    # A moment of the run before is none of this one.
    desk.service.ask()
    assert len(desk.thread.asked) == 1
    desk.note(1, run=2)
    desk.service.ask()
    assert len(desk.thread.asked) == 2
    desk.service.stop()
    desk.thread.answer()
    assert desk.found == []


def test_without_validation_rows_it_is_said(tmp_path: Path) -> None:
    desk = Desk(tmp_path, validation_fraction=0.0)
    assert desk.refused == [NO_ROWS]
    desk.service.show_seen(True)
    desk.note(1)
    desk.rest()
    desk.service.ask()
    assert (desk.thread.asked, desk.refused) == ([], [NO_ROWS, NO_ROWS])


def test_what_fails_is_told(desk: Desk) -> None:
    failed = emissions(desk.service.failed)
    snapshot = desk.note(1)
    desk.service.note_snapshot(replace(snapshot, parameters=np.empty(0)))
    desk.service.ask()
    desk.thread.answer()
    assert len(failed) == 1
    assert desk.found == []
