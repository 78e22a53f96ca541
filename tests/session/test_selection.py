"""What is selected in all panels: refused where the model has no such part, and kept by another model that has it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from session_fakes import FakeWindow, HandClock, fake_workers, write_small

from regdesk.core.settings.configuration import Configuration
from regdesk.core.settings.selected import NOTHING
from regdesk.core.settings.settings_table import WrongSetting
from regdesk.core.types import Architecture, DataSettings, TrainSettings
from regdesk.session.controller import Controller
from regdesk.session.controllers.frame_clock import START_AFTER_MS
from regdesk.session.session import Session

NETWORK = Configuration(DataSettings(target="y"), Architecture(hidden=(4, 2)), TrainSettings("l1", 0.1), seed=3)


class Desk:
    """A network 3-4-2-1 on the columns a, b and c."""

    def __init__(self, folder: Path, configuration: Configuration = NETWORK) -> None:
        self.session, self.window, clock = Session(configuration), FakeWindow(0), HandClock()
        self.workers = fake_workers(configuration.training)
        self.controller = Controller(self.window, self.session, self.workers, clock)
        self.controller.start()
        clock.advance(START_AFTER_MS)
        self.workers.engine.finish()
        self.controller.open_file(str(write_small(folder)), settings=DataSettings(target="y"))
        self.workers.reading.answer()

    @property
    def selected(self) -> Any:
        return self.session.configuration.view.selected

    @property
    def errors(self) -> list[str]:
        return [sentence for (sentence,) in self.window.all_of("show_error")]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.mark.parametrize("part", [("input", "b"), ("weight", 11), ("weight", 16), ("unit", 1, 4), ("unit", 2, 2)])
def test_a_part_of_the_model_is_selected_and_the_window_told(desk: Desk, part: tuple[str | int, ...]) -> None:
    desk.session.change("view.selected", list(part))
    assert desk.selected == part
    assert desk.window.last("show_view_settings").selected == part
    assert desk.errors == []


@pytest.mark.parametrize(
    ("part", "sentence"),
    [
        (("input", "y"), "“y” is no input of the model, and no column that it is given."),
        (("weight", 12), "The model has no weight at place 12 of its parameters."),
        (("weight", 999), "The model has no weight at place 999 of its parameters."),
        (("unit", 3, 1), "The model has no unit 1 in a hidden layer 3."),
        (("unit", 2, 3), "The model has no unit 3 in a hidden layer 2."),
    ],
)
def test_what_the_model_does_not_have_is_refused(desk: Desk, part: tuple[str | int, ...], sentence: str) -> None:
    desk.session.change("view.selected", ("input", "a"))
    desk.session.change("view.selected", part)
    assert (desk.selected, desk.errors) == (("input", "a"), [sentence])


@pytest.mark.parametrize("part", ["a", ["a"], ["input"], ["weight", -1], ["unit", 1], ["unit", 0, 1], [1, 2], None])
def test_what_is_no_part_of_any_model_is_no_value(desk: Desk, part: Any) -> None:
    with pytest.raises(WrongSetting, match=r"view.selected .*must be an empty list, \["):
        desk.session.change("view.selected", part)


def test_other_layers_keep_what_is_still_there(desk: Desk) -> None:
    # In place 1 the weight from a to unit 2; with two units the same, with no hidden layer that of b.
    desk.session.change("view.selected", ("weight", 1))
    desk.session.change("architecture.hidden", (4,))
    assert desk.selected == ("weight", 1)
    desk.session.change("architecture.hidden", ())
    assert desk.selected == NOTHING
    desk.session.change("view.selected", ("input", "c"))
    desk.session.change("architecture.hidden", (4, 2))
    assert desk.selected == ("input", "c")
    desk.session.change("view.selected", ("unit", 2, 1))
    desk.session.change("architecture.hidden", (4,))
    assert desk.selected == NOTHING


def test_before_there_is_a_model_it_is_of_the_model_to_come(tmp_path: Path) -> None:
    view = replace(NETWORK.view, selected=("input", "b"))
    assert Desk(tmp_path, replace(NETWORK, view=view)).selected == ("input", "b")
    view = replace(NETWORK.view, selected=("input", "nobody"))
    assert Desk(tmp_path, replace(NETWORK, view=view)).selected == NOTHING
