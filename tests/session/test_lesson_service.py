"""Holding a lesson: when a step begins, what it sets up, what is done for a reader, and what is left behind."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from regdesk.core.lessons.lesson import Lesson
from regdesk.core.lessons.reading import lesson_of
from regdesk.core.settings.configuration import Configuration, SourceSettings, ViewSettings, with_values
from regdesk.core.settings.view_table import PANELS
from regdesk.core.types import Architecture, DataSettings, TrainSettings
from regdesk.data.lessons.lesson_files import LessonFile
from regdesk.data.lessons.opening import LOOKS, opening_values
from regdesk.session.lesson_service import LessonService
from regdesk.session.session import Session

TEXT = """\
---
title: T
about: A.
{header}
---

# One

do: reset, run
show: historyPanel
task: Do it.
wait: epoch > 5 and run > 1
for me: lam = 0.5
for me: sweep
for me: use_best

# Two

set: seed = 4
task: Do that.
wait: n_seeds >= 2 and n_sweeps >= 1

# Three

set: lam = 2
text

"""


def lesson_file(header: str = "set: hidden = 3", data: Path | None = None) -> LessonFile:
    lesson, faults = lesson_of(TEXT.format(header=header), ["noisy-curve", "sparse-truth"])
    assert faults == ()
    assert isinstance(lesson, Lesson)
    return LessonFile(Path("l.md"), "key", lesson, data)


class Heard:
    """A service that holds nothing yet, and what it has asked for."""

    def __init__(self, **values: Any) -> None:
        self.session = Session(
            with_values(Configuration(), {key.replace("__", "."): one for key, one in values.items()})
        )
        self.service = LessonService(self.session)
        self.actions: list[str] = []
        self.service.action_wanted.connect(self.actions.append)
        self.origins: list[str] = []
        self.session.changed.connect(lambda change: self.origins.append(change.origin))

    def note(self, run: float | None = 1.0, is_busy: bool = False, **figures: Any) -> None:
        found = figures if run is None else {"run": run, **figures}
        self.service.note(found, is_busy)

    @property
    def is_done(self) -> bool:
        assert self.service.progress is not None
        return self.service.progress.now.is_done


@pytest.fixture
def heard(qapp: Any) -> Heard:
    found = Heard()
    found.note(1.0)
    return found


def test_a_step_begins_when_its_own_run_is_there(heard: Heard) -> None:
    heard.service.begin(lesson_file())
    assert heard.session.configuration.architecture.hidden == (3,)
    assert set(heard.origins) == {"lesson"}
    # Other layers begin a run by themselves.
    assert heard.actions == []
    heard.note(1.0, epoch=9.0)
    assert not heard.service.is_ready
    heard.note(None)
    assert not heard.service.is_ready
    heard.note(2.0, is_busy=True, epoch=9.0)
    assert not heard.service.is_ready
    heard.note(2.0, epoch=0.0)
    assert heard.service.is_ready
    assert heard.actions == ["run"]
    assert not heard.is_done
    heard.note(2.0, epoch=6.0)
    assert heard.is_done


def test_a_reset_is_asked_for_where_nothing_else_begins_a_run(heard: Heard) -> None:
    heard.service.begin(lesson_file(header="set: lam = 0.25"))
    assert heard.actions == ["reset"]
    heard.note(1.0, epoch=9.0)
    assert not heard.service.is_ready
    heard.note(2.0, epoch=0.0)
    assert heard.actions == ["reset", "run"]


def test_panels_that_a_step_does_not_show_are_closed(heard: Heard) -> None:
    heard.service.begin(lesson_file(header="hide: calculatorPanel"))
    closed = heard.session.configuration.view.closed_panels
    assert set(closed) == set(PANELS) - {"historyPanel"}


def test_seeds_and_sweeps_count_from_the_beginning_of_a_step(heard: Heard) -> None:
    heard.service.begin(lesson_file())
    heard.note(2.0, epoch=6.0)
    heard.service.note_sweep_ended()
    heard.service.go_on()
    assert heard.session.configuration.seed == 4
    heard.note(2.0)
    assert not heard.service.is_ready
    heard.note(3.0)
    heard.note(3.0)
    assert not heard.is_done
    heard.session.change("seed", 5)
    heard.note(4.0)
    assert not heard.is_done
    heard.service.note_sweep_ended()
    heard.note(4.0)
    assert heard.is_done


def test_who_goes_on_without_doing_a_task_has_its_settings(heard: Heard) -> None:
    heard.service.begin(lesson_file())
    heard.note(2.0)
    heard.service.go_on()
    assert heard.session.configuration.training.lam == 0.5
    assert heard.actions == ["run"]


def test_who_has_done_it_in_another_way_keeps_that(heard: Heard) -> None:
    heard.service.begin(lesson_file())
    heard.note(2.0, epoch=0.0)
    heard.session.change("training.lam", 0.125)
    heard.note(2.0, epoch=6.0)
    heard.service.go_on()
    assert heard.session.configuration.training.lam == 0.125


def test_it_is_done_for_a_reader_who_asks(heard: Heard) -> None:
    heard.service.begin(lesson_file())
    heard.note(2.0)
    heard.service.do_task()
    assert heard.session.configuration.training.lam == 0.5
    assert heard.actions == ["run", "sweep"]
    # What a sweep finds is taken when it has, and once.
    heard.note(2.0, is_swept=False)
    assert heard.actions == ["run", "sweep"]
    for _ in range(2):
        heard.note(2.0, is_swept=True)
        assert heard.actions == ["run", "sweep", "use_best"]


def test_back_sets_nothing_up_and_forth_neither(heard: Heard) -> None:
    heard.service.begin(lesson_file())
    heard.note(2.0, epoch=6.0)
    heard.service.go_on()
    heard.note(3.0)
    heard.session.change("seed", 9)
    heard.service.go_back()
    assert heard.service.progress is not None
    assert heard.service.progress.number == 0
    heard.note(3.0)
    assert heard.is_done
    heard.service.go_on()
    assert heard.session.configuration.seed == 9


def test_set_up_again_brings_back_what_the_steps_before_have_set_up(heard: Heard) -> None:
    heard.service.begin(lesson_file(), 2)
    configuration = heard.session.configuration
    assert (configuration.seed, configuration.training.lam, configuration.architecture.hidden) == (4, 2.0, (3,))
    heard.note(2.0)
    heard.session.change_all({"training.lam": 7.0, "seed": 8})
    heard.service.set_up_again()
    assert (heard.session.configuration.training.lam, heard.session.configuration.seed) == (2.0, 4)
    assert not heard.service.is_ready


def test_trouble_counts_while_a_step_is_set_up(heard: Heard) -> None:
    heard.service.begin(lesson_file())
    heard.service.note_trouble("l.csv: gone.")
    assert heard.service.trouble == "l.csv: gone."
    heard.service.set_up_again()
    assert heard.service.trouble == ""
    heard.note(2.0)
    heard.service.note_trouble("something else")
    assert heard.service.trouble == ""


def test_after_the_last_step_nothing_is_waited_for(heard: Heard) -> None:
    heard.service.begin(lesson_file(), 2)
    heard.note(2.0)
    heard.service.go_on()
    assert heard.service.progress is not None
    assert heard.service.progress.is_left
    left: list[bool] = []
    heard.service.left.connect(lambda: left.append(True))
    heard.service.leave()
    heard.service.leave()
    assert left == [True]
    assert heard.service.progress is None


def test_with_data_of_its_own_a_lesson_begins_as_at_a_first_start() -> None:
    values = opening_values(lesson_file(header="sample: sparse-truth\nset: lam = 0.3"))
    assert values["source"] == SourceSettings(sample="sparse-truth")
    assert values["data"] == DataSettings(target="harvest_t_per_ha")
    assert values["architecture"] == Architecture(hidden=())
    assert (values["training"].penalty, values["training.lam"], values["seed"]) == ("l1", 0.3, 0)
    # How large text is, and which panels are open, is the reader's.
    usual = ViewSettings()
    looks = {path: value for path, value in values.items() if path.startswith("view.")}
    assert looks == {f"view.{name}": getattr(usual, name) for name in (*LOOKS, "geometry", "slice")}
    of_file = opening_values(lesson_file("file: d.csv\nset: data.target = y", Path("/x/d.csv")))
    assert of_file["source"] == SourceSettings(file=str(Path("/x/d.csv")))
    assert (of_file["training"], of_file["data.target"]) == (TrainSettings(), "y")


def test_without_data_of_its_own_a_lesson_goes_by_those_of_the_reader() -> None:
    assert opening_values(lesson_file(header="set: lam = 0.3")) == {"training.lam": 0.3}
