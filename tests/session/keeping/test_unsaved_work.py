"""What counts as work that no file holds, and what does not."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QObject, Signal
from session_fakes import emissions

from regdesk.core.settings.configuration import Configuration, SourceSettings
from regdesk.core.types import Architecture, DataSettings, TrainSettings
from regdesk.session.keeping.unsaved import CHOICES, FROZEN, POINTS, SWEEP, TRAINED, WEIGHTS, UnsavedWork
from regdesk.session.session import Session


class Sweeps(QObject):
    ended = Signal(int, int, str)


def moment(run: int, step: int) -> SimpleNamespace:
    return SimpleNamespace(run=run, step=step)


@pytest.fixture
def one() -> SimpleNamespace:
    session = Session(Configuration(DataSettings(target="y"), source=SourceSettings(file="small.csv")))
    loaded = SimpleNamespace(settings=session.configuration.data)
    made = SimpleNamespace(
        session=session,
        sweeps=Sweeps(),
        data=SimpleNamespace(now=loaded),
        model=SimpleNamespace(run=SimpleNamespace(loaded=loaded), snapshot=moment(1, 50)),
        is_lesson_held=False,
    )
    made.work = UnsavedWork(session, made, lambda: made.is_lesson_held)
    made.told = emissions(made.work.changed)
    return made


def test_training_on_what_was_opened_is_no_work(one: SimpleNamespace) -> None:
    one.model.snapshot = moment(1, 5_000)
    one.work.note_moment()
    one.session.change("view.text_percent", 125)
    one.session.change("view.steps_per_second", 10.0)
    assert (one.work.words, one.told) == ("", [])


@pytest.mark.parametrize("origin", ["hand", "undo", "sweep"])
def test_what_a_person_chooses_is(one: SimpleNamespace, origin: str) -> None:
    one.session.change("training.lam", 0.5, origin)
    one.session.change("training.lam", 0.6, origin)
    assert (one.work.words, len(one.told)) == (CHOICES, 1)


@pytest.mark.parametrize("origin", ["tour", "lesson", "script", "refusal"])
def test_what_the_program_changes_is_not(one: SimpleNamespace, origin: str) -> None:
    one.session.change("training.lam", 0.5, origin)
    assert one.work.words == ""


def test_nor_is_anything_within_a_lesson(one: SimpleNamespace) -> None:
    one.is_lesson_held = True
    one.session.change("training.lam", 0.5)
    one.sweeps.ended.emit(50, 50, "λ")
    one.work.note(WEIGHTS)
    assert one.work.words == ""


def test_nor_what_comes_with_data(one: SimpleNamespace) -> None:
    sample = {"source": SourceSettings(sample="diabetes"), "architecture": Architecture(()), "seed": 3}
    one.session.change_all(sample)
    # Of a file that the command line has named: its target is found.
    found = replace(one.session.configuration.data, target="x")
    one.data.now = SimpleNamespace(settings=found)
    one.session.change_all({"data": found, "training": TrainSettings(lam=1.0)})
    assert one.work.words == ""
    one.model.run = SimpleNamespace(loaded=one.data.now)
    one.session.change("data.target", "z")
    assert one.work.words == CHOICES


def test_each_kind_is_named_once_and_in_one_order(one: SimpleNamespace) -> None:
    one.work.note(FROZEN)
    one.sweeps.ended.emit(0, 50, "λ")
    assert one.work.words == FROZEN
    one.sweeps.ended.emit(3, 50, "λ")
    one.session.change("data.cells", (("3:y", "1.5"),))
    one.session.change("training.lam", 0.5)
    assert one.work.words == f"{CHOICES}, {POINTS}, {SWEEP} and {FROZEN}"


def test_of_a_saved_session_training_counts_too(one: SimpleNamespace) -> None:
    one.session.change("training.lam", 0.5)
    one.work.note_saved(1, 50)
    one.work.note_moment()
    assert one.work.words == ""
    one.model.snapshot = moment(1, 51)
    one.work.note_moment()
    assert (one.work.words, len(one.told)) == (TRAINED, 3)
