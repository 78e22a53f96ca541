"""The service of three penalties side by side, with a thread that answers when the test says so."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from session_fakes import FakeBackground, loaded_from, run_of, write_small

from regdesk.core.model.side_by_side import SideBySide
from regdesk.core.types import Architecture, TrainSettings
from regdesk.core.words.penalty_words import NETWORK, NO_MODEL, NOT_READY
from regdesk.session.questions.comparison_service import ComparisonService
from regdesk.tasks.loading import Loaded

LINEAR = Architecture(hidden=())


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    return loaded_from(write_small(tmp_path_factory.mktemp("comparison")))


@pytest.fixture
def made() -> SimpleNamespace:
    thread = FakeBackground()
    found = SimpleNamespace(thread=thread, settings=TrainSettings(penalty="l1", lam=0.1), log=[])
    found.service = ComparisonService(thread, lambda: found.settings)
    for name in ("compared", "refused", "failed"):
        getattr(found.service, name).connect(lambda value, name=name: found.log.append((name, value)))
    return found


def test_what_cannot_be_compared_says_why_and_only_to_who_looks(made: SimpleNamespace, loaded: Loaded) -> None:
    made.service.begin_run(run_of(loaded, LINEAR))
    made.service.end_run()
    assert made.log == []
    made.service.show_wanted(True)
    assert made.log.pop() == ("refused", NO_MODEL)
    made.service.begin_run(run_of(loaded, Architecture(hidden=(3,))))
    assert made.log.pop() == ("refused", NETWORK)
    made.service.begin_run(run_of(loaded, LINEAR, 2))
    assert made.log.pop() == ("refused", NOT_READY)
    assert made.thread.asked == []


def test_the_newest_lambda_is_asked_when_an_answer_is_there(
    made: SimpleNamespace, loaded: Loaded, engine: None
) -> None:
    made.service.set_ready()
    made.service.begin_run(run_of(loaded, LINEAR))
    made.service.show_wanted(True)
    assert len(made.thread.asked) == 1
    for lam in (0.2, 0.3):
        made.settings = replace(made.settings, lam=lam)
        made.service.follow()
    # One at a time; the answer that is there is shown, and then the λ of now is asked for.
    assert len(made.thread.asked) == 1
    made.thread.answer()
    assert [(name, found.lam) for name, found in made.log] == [("compared", 0.1)]
    assert len(made.thread.asked) == 2
    made.thread.answer()
    assert made.log[-1][1].lam == 0.3
    assert made.log[-1][1].paths is made.log[0][1].paths
    # It is known: who looks again is answered at once.
    made.service.show_wanted(False)
    made.service.show_wanted(True)
    assert len(made.thread.asked) == 2
    assert len(made.log) == 3


def test_another_trainer_of_the_same_rows_asks_nothing_and_one_of_others_does(
    made: SimpleNamespace, loaded: Loaded, engine: None, tmp_path: Path
) -> None:
    made.service.set_ready()
    made.service.begin_run(run_of(loaded, LINEAR))
    made.service.show_wanted(True)
    made.thread.answer()
    made.service.begin_run(run_of(loaded, LINEAR, 2))
    assert len(made.thread.asked) == 1
    assert [name for name, _ in made.log] == ["compared", "compared"]
    assert made.log[1][1] is made.log[0][1]
    made.service.begin_run(run_of(loaded_from(write_small(tmp_path)), LINEAR, 3))
    assert len(made.log) == 2, "what is known is of other rows"
    assert len(made.thread.asked) == 2


def test_answers_of_other_rows_are_late(made: SimpleNamespace, loaded: Loaded, engine: None, tmp_path: object) -> None:
    made.service.set_ready()
    made.service.begin_run(run_of(loaded, LINEAR))
    made.service.show_wanted(True)
    made.service.end_run()
    made.thread.answer(made.thread.newest - 1)
    assert [name for name, _ in made.log] == ["refused"]
    assert not any(isinstance(value, SideBySide) for _, value in made.log)
