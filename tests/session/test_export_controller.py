"""The model as code between the window and the service: written, followed while it trains, saved, or refused."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from session_fakes import FakeWindow, HandClock, fake_workers, loaded_from, snapshot_of, write_small

from regdesk.core.settings.configuration import Configuration
from regdesk.core.types import Architecture, DataSettings, TrainSettings
from regdesk.data.files.model_file import read_model
from regdesk.exports.exported import LANGUAGES, exported
from regdesk.session.controller import Controller
from regdesk.session.controllers.exports import EVERY_S
from regdesk.session.controllers.frame_clock import FRAME_MS, START_AFTER_MS
from regdesk.session.controllers.models import NO_MODEL
from regdesk.session.models.export_service import export_languages
from regdesk.session.session import Session
from regdesk.workers.requests import NewRun

LASSO = TrainSettings(penalty="l1", lam=0.1)


class Desk(SimpleNamespace):
    """A controller with its fakes, and a linear model of a small file after 200 epochs."""

    def moment(self, step: int, value: float) -> None:
        run = [one.run for one in self.workers.training.asked if isinstance(one, NewRun)][-1]
        snapshot = snapshot_of(self.loaded, Architecture(hidden=()), LASSO, step, run=run, value=value)
        self.workers.training.mailbox.offer(snapshot)
        self.clock.advance(FRAME_MS)

    def want(self, model: str, language: str) -> Any:
        self.door.export_wanted.emit(model, language)
        self.workers.exporting.answer()
        return self.window.last("models.show_export")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return write_small(tmp_path)


@pytest.fixture
def desk(file: Path) -> Desk:
    configuration = Configuration(DataSettings(target="y"), Architecture(hidden=()), LASSO)
    window, clock, workers = FakeWindow(), HandClock(), fake_workers(LASSO)
    controller = Controller(window, Session(configuration), workers, clock)
    controller.start()
    clock.advance(START_AFTER_MS)
    workers.engine.finish()
    controller.open_file(str(file), settings=DataSettings(target="y"))
    workers.reading.answer()
    made = Desk(controller=controller, window=window, workers=workers, clock=clock, loaded=loaded_from(file))
    made.door = window.models
    made.moment(200, 0.5)
    return made


def test_every_language_is_offered_and_excel_in_both_forms() -> None:
    keys = [one.key for one in export_languages()]
    assert [key for key in keys if "." not in key] == list(LANGUAGES)
    assert [key for key in keys if "." in key] == ["excel.xlsx"]


def test_the_live_model_is_written_as_the_command_line_would(desk: Desk, tmp_path: Path) -> None:
    desk.door.export_requested.emit("live")
    choices, key, languages = desk.window.last("models.open_export")
    assert ([one.key for one in choices], key) == (["live"], "live")
    assert languages == export_languages()
    desk.door.save_place_chosen.emit(str(tmp_path / "m.regdesk"))
    desk.workers.modelling.answer()
    found = desk.want("live", "python")
    expected = exported(read_model(tmp_path / "m.regdesk"), "python")
    assert (found.text, found.suffix, found.notes) == (expected.content, ".py", expected.notes)
    assert found.n_bytes == len(expected.data)


def test_a_model_that_trains_is_written_anew_once_a_second(desk: Desk) -> None:
    desk.want("live", "json")
    before = len(desk.workers.exporting.asked)
    desk.moment(201, 0.75)
    assert len(desk.workers.exporting.asked) == before, "too soon"
    desk.clock.advance(round(1000 * EVERY_S))
    desk.moment(202, 0.25)
    assert len(desk.workers.exporting.asked) == before + 1
    desk.clock.advance(round(1000 * EVERY_S))
    desk.moment(203, 0.125)
    assert len(desk.workers.exporting.asked) == before + 1, "one answer after the other"
    desk.workers.exporting.answer()
    assert "0.25" in desk.window.last("models.show_export").text
    desk.clock.advance(round(1000 * EVERY_S))
    desk.door.export_left.emit()
    desk.moment(204, 0.0625)
    assert len(desk.workers.exporting.asked) == before + 1, "nobody looks at it any more"


def test_what_takes_long_to_write_is_written_less_often(desk: Desk) -> None:
    desk.door.export_wanted.emit("live", "json")
    desk.clock.advance(3000)
    desk.workers.exporting.answer()
    desk.clock.advance(10_000)
    desk.moment(201, 0.75)
    assert len(desk.workers.exporting.asked) == 1
    desk.clock.advance(2000)
    desk.moment(202, 0.25)
    assert len(desk.workers.exporting.asked) == 2


def test_what_is_seen_is_saved_and_no_file_that_is_read_is_replaced(desk: Desk, file: Path, tmp_path: Path) -> None:
    found = desk.want("live", "r")
    desk.door.export_place_requested.emit(found.suffix)
    assert desk.window.last("models.ask_export_place") == str(file.with_suffix(".R"))
    before = file.read_bytes()
    desk.door.export_place_chosen.emit(str(file))
    desk.workers.exporting.answer()
    assert desk.window.last("models.show_export_trouble").startswith("small.csv: this is a file that is open")
    assert file.read_bytes() == before
    out = tmp_path / "model.R"
    desk.door.export_place_chosen.emit(str(out))
    # While it is written nothing takes its place.
    desk.clock.advance(round(1000 * EVERY_S))
    desk.moment(201, 0.75)
    desk.door.export_wanted.emit("live", "c")
    assert desk.workers.exporting.kept[-1] == desk.workers.exporting.newest
    desk.workers.exporting.answer()
    assert out.read_text(encoding="utf-8") == found.text
    assert desk.window.last("models.show_export_saved") == "model.R"
    # What was asked for meanwhile comes after it.
    desk.workers.exporting.answer()
    assert desk.window.last("models.show_export").suffix == ".c"
    desk.door.export_place_chosen.emit(str(tmp_path / "none" / "m.R"))
    desk.workers.exporting.answer()
    assert "the model could not be written there" in desk.window.last("models.show_export_trouble")


def test_what_cannot_be_written_so_is_a_sentence(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("regdesk.exports.exported.find_spec", lambda _name: None)
    desk.door.export_wanted.emit("live", "onnx")
    desk.workers.exporting.answer()
    assert "'onnx', which is not installed" in desk.window.last("models.show_export_problem")
    desk.door.export_place_chosen.emit("out.onnx")
    assert len(desk.workers.exporting.asked) == 1, "there is nothing to save"


def test_a_model_that_is_gone_is_a_sentence(desk: Desk) -> None:
    desk.door.export_wanted.emit("file", "json")
    assert desk.window.last("models.show_export_problem") == NO_MODEL


def test_the_model_that_was_opened_is_written_and_named_by_its_file(desk: Desk, tmp_path: Path) -> None:
    model = tmp_path / "lasso.regdesk"
    desk.door.save_place_chosen.emit(str(model))
    desk.workers.modelling.answer()
    desk.window.file_chosen.emit(str(model))
    desk.workers.modelling.answer()
    found = desk.want("file", "json")
    assert found.text == exported(read_model(model), "json").content
    desk.door.export_place_requested.emit(".json")
    assert desk.window.last("models.ask_export_place") == str(tmp_path / "lasso.json")
    desk.door.export_place_chosen.emit(str(model))
    desk.workers.exporting.answer()
    assert "this is a file that is open" in desk.window.last("models.show_export_trouble")


def test_what_is_no_sentence_is_raised(qtbot: Any, desk: Desk) -> None:
    desk.want("live", "json")
    with qtbot.captureExceptions() as raised:
        desk.door.export_place_chosen.emit("out.json")
        desk.workers.exporting.failed.emit(desk.workers.exporting.newest, ZeroDivisionError())
        desk.door.export_wanted.emit("live", "json")
        desk.workers.exporting.failed.emit(desk.workers.exporting.newest, ZeroDivisionError())
    assert [kind for kind, *_ in raised] == [ZeroDivisionError] * 2
