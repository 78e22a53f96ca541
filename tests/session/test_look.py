"""A look at what the model does not have is refused in a sentence; what is in force is what is shown."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from session_fakes import FakeWindow, HandClock, fake_workers, write_small

from regdesk.core.settings.configuration import Configuration, GeometrySettings, SourceSettings, value_at
from regdesk.core.settings.settings_table import WrongSetting
from regdesk.core.types import Architecture, DataSettings, TrainSettings
from regdesk.session.controller import Controller
from regdesk.session.controllers.frame_clock import START_AFTER_MS
from regdesk.session.data_service import NO_SOURCE
from regdesk.session.session import Session

LINEAR = Configuration(DataSettings(target="y"), Architecture(hidden=()), TrainSettings("l1", 0.1), seed=3)


class Desk:
    """A run of the small table (columns a, b and c) has begun under ``configuration``."""

    def __init__(self, folder: Path, configuration: Configuration = LINEAR) -> None:
        self.session, self.window, clock = Session(configuration), FakeWindow(0), HandClock()
        self.workers = fake_workers(configuration.training)
        self.controller = Controller(self.window, self.session, self.workers, clock)
        self.controller.start()
        clock.advance(START_AFTER_MS)
        self.workers.engine.finish()
        self.file = write_small(folder)
        self.controller.open_file(str(self.file), settings=DataSettings(target="y"))
        self.workers.reading.answer()

    def value(self, path: str) -> Any:
        return value_at(self.session.configuration, path)

    @property
    def errors(self) -> list[str]:
        return [sentence for (sentence,) in self.window.all_of("show_error")]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        ("view.geometry.x", 999, "Weight on the horizontal axis: the model has no weight at place 999"),
        ("view.geometry.y", 3, "Weight on the vertical axis: the model has no weight at place 3"),
        ("view.geometry.watched", 4, "Weight that is asked why it is zero: the model has no weight at place 4"),
        ("view.slice", ("a", "zz"), "Picture of the fit: “zz” is no column that the model is given."),
        ("view.slice", ("y",), "Picture of the fit: “y” is no column that the model is given."),
    ],
)
def test_what_the_model_does_not_have_is_refused_and_taken_back(
    desk: Desk, path: str, value: Any, sentence: str
) -> None:
    before = desk.session.configuration
    desk.session.change(path, value)
    assert desk.session.configuration == before
    (said,) = desk.errors
    assert said.startswith(sentence)
    # It can be read: nothing that follows from taking it back says that it is not the news any more.
    names = [name for name, _ in desk.window.told]
    assert "forget_error" not in names[names.index("show_error") :]


def test_two_axes_are_two_weights(desk: Desk) -> None:
    desk.session.change_all({"view.geometry.x": 0, "view.geometry.y": 2})
    desk.session.change("view.geometry.x", 2)
    assert desk.errors == ["The two axes of the geometry are two weights, and 2 is given for both."]
    assert (desk.value("view.geometry.x"), desk.value("view.geometry.y")) == (0, 2)
    desk.session.change_all({"view.geometry.x": 2, "view.geometry.y": 0})
    assert (desk.value("view.geometry.x"), desk.value("view.geometry.y")) == (2, 0)
    assert len(desk.errors) == 1


@pytest.mark.parametrize(
    ("chosen", "left"),
    [
        (GeometrySettings(x=999, y=1, watched=3), GeometrySettings(y=1)),
        (GeometrySettings(x=2, y=2, watched=2, is_sum=True), GeometrySettings(x=2, watched=2, is_sum=True)),
    ],
)
def test_what_was_chosen_before_there_was_a_model_gives_way_to_what_is_drawn(
    tmp_path: Path, chosen: GeometrySettings, left: GeometrySettings
) -> None:
    view = replace(LINEAR.view, geometry=chosen, slice=("a", "zz"))
    desk = Desk(tmp_path, replace(LINEAR, view=view))
    assert desk.session.configuration.view == replace(view, geometry=left, slice=())
    assert desk.errors == []


def test_a_slice_goes_with_its_column_and_stays_with_other_layers(desk: Desk) -> None:
    desk.session.change("view.slice", ("a", "c"))
    desk.session.change("architecture.hidden", (3,))
    assert desk.value("view.slice") == ("a", "c")
    desk.session.change("data.features", ("b", "c"))
    desk.workers.reading.answer()
    assert desk.value("view.slice") == ()
    assert desk.errors == []


def test_a_panel_that_there_is_not_is_refused(desk: Desk) -> None:
    with pytest.raises(WrongSetting, match=r"each one of dataFitPanel, .*, not "):
        desk.session.change("view.closed_panels", ("noPanel",))
    assert desk.value("view.closed_panels") == ()


def test_a_sample_takes_the_place_of_a_file_and_a_file_that_of_a_sample(desk: Desk) -> None:
    file = str(desk.file)
    desk.session.change("source.reading.delimiter", ";")
    desk.session.change("source.sample", "two-moons")
    assert desk.session.configuration.source == SourceSettings(sample="two-moons")
    desk.workers.reading.answer()
    assert desk.session.configuration.source == SourceSettings(sample="two-moons")
    assert desk.window.last("show_table")[1].title != desk.file.name
    desk.session.change("source.file", file)
    assert desk.session.configuration.source == SourceSettings(file=file)
    desk.workers.reading.answer()
    assert desk.window.last("show_table")[1].title == desk.file.name
    with pytest.raises(WrongSetting, match=r"source\.file and source\.sample cannot both be given"):
        desk.session.change_all({"source.file": file, "source.sample": "two-moons"})
    assert desk.errors == []


@pytest.mark.parametrize(("path", "value"), [("source.sample", "nope"), ("source.file", None)])
def test_a_source_that_there_is_not_is_refused_and_what_is_open_stays(desk: Desk, path: str, value: Any) -> None:
    before = desk.session.configuration
    desk.session.change(path, value)
    assert desk.session.configuration == before
    (said,) = desk.errors
    assert "nope" in said if value else said == NO_SOURCE
