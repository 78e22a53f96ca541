"""Small controllers among fakes that write down what they are told: reports, texts of settings, frames."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QObject, Signal
from session_fakes import HandClock

from regdesk.core.settings.configuration import Configuration
from regdesk.core.settings.settings_lines import settings_text
from regdesk.session.controllers.frame_clock import AFTER_PAINT_MS, FRAME_MS, START_AFTER_MS, FrameClock
from regdesk.session.controllers.models import NO_MODEL
from regdesk.session.controllers.reports import ReportController
from regdesk.session.controllers.settings_texts import OPENED, SettingsTextController

pytestmark = pytest.mark.usefixtures("qapp")


class ModelsDoor(QObject):
    report_requested = Signal()
    report_place_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def ask_report_place(self, file: str) -> None:
        self.asked.append(file)


class Reporting(QObject):
    reported = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.wanted: list[tuple[Any, ...]] = []

    def report(self, *arguments: Any) -> None:
        self.wanted.append(arguments)


class Window:
    def __init__(self) -> None:
        self.models = ModelsDoor()
        self.errors: list[str] = []
        self.said: list[str] = []
        self.places: list[tuple[str, str, str]] = []
        self.answer = ""
        self.importing = SimpleNamespace(ask_where=self._ask)

    def _ask(self, file: str, name: str, folder: str) -> str:
        self.places.append((file, name, folder))
        return self.answer

    def show_error(self, sentence: str) -> None:
        self.errors.append(sentence)

    def show_status(self, sentence: str) -> None:
        self.said.append(sentence)


class Desk:
    """The controller of reports among fakes."""

    def __init__(self, sample: str | None = None) -> None:
        self.window: Any = Window()
        reading = SimpleNamespace(more_files=("/data/more.csv",))
        source = SimpleNamespace(path=Path("/data/houses.csv"), sample=sample, reading=reading)
        self.run = SimpleNamespace(loaded=SimpleNamespace(source=source))
        self.curve = SimpleNamespace(is_done=True)
        self.sweeps = SimpleNamespace(curve=self.curve, is_stale=False)
        self.reporting, self.model = Reporting(), SimpleNamespace(run=self.run)
        services: Any = SimpleNamespace(models=self.reporting, model=self.model, sweeps=self.sweeps)
        self.models: Any = SimpleNamespace(live="model")
        self.owner = QObject()
        self.controller = ReportController(self.window, services, self.models, self.owner)


def test_a_report_is_offered_beside_its_data() -> None:
    desk = Desk()
    desk.window.models.report_requested.emit()
    assert desk.window.models.asked == ["/data/houses.html"]
    sample = Desk("houses")
    sample.window.models.report_requested.emit()
    assert sample.window.models.asked == ["houses.html"], "samples are no place for a person's files"
    for desk, of in ((Desk(), "run"), (Desk(), "live")):
        setattr(desk.model if of == "run" else desk.models, of, None)
        desk.window.models.report_requested.emit()
        desk.window.models.report_place_chosen.emit("/x.html")
        assert (desk.window.errors, desk.window.models.asked, desk.reporting.wanted) == ([NO_MODEL] * 2, [], [])


def test_a_report_has_the_sweep_of_these_settings_alone() -> None:
    desk = Desk()
    desk.controller.paint = paint = lambda *_: None
    choose = desk.window.models.report_place_chosen.emit
    choose("/x/report.html")
    sources = (Path("/data/houses.csv"), Path("/data/more.csv"))
    assert desk.reporting.wanted == [(Path("/x/report.html"), "model", desk.run.loaded, desk.curve, paint, sources)]
    assert desk.window.said == ["Writing report.html …"]
    desk.sweeps.is_stale = True
    choose("/x/report.html")
    desk.sweeps.is_stale, desk.curve.is_done = False, False
    choose("/x/report.html")
    desk.sweeps.curve = None
    choose("/x/report.html")
    assert [one[3] for one in desk.reporting.wanted[1:]] == [None] * 3
    desk.reporting.reported.emit(Path("/x/report.html"))
    assert desk.window.said[-1] == f"The report is written: {Path('/x/report.html')}."


class Texts:
    """The controller of texts of settings among fakes."""

    def __init__(self, asks: bool = True) -> None:
        self.window: Any = Window()
        self.changed: list[dict[str, Any]] = []
        self.session: Any = SimpleNamespace(configuration=Configuration(), change_all=self.changed.append)
        self.data = SimpleNamespace(is_reading=False, reading_sentence="It reads houses.csv.", opened=None)
        services: Any = SimpleNamespace(data=self.data)
        self.owner = QObject()
        self.controller = SettingsTextController(self.window, self.session, services, lambda: asks, self.owner)
        self.failed: list[str] = []
        self.controller.load_failed.connect(self.failed.append)


PLAIN = Configuration(seed=7)
ON_FILE = replace(PLAIN, source=replace(PLAIN.source, file="houses.csv", sample=None))


def test_a_text_is_put_in_force_on_the_data_that_it_names(tmp_path: Path) -> None:
    texts = Texts()
    (tmp_path / "houses.csv").write_text("a,y\n1,2\n")
    file = tmp_path / "kept.toml"
    file.write_text(settings_text(ON_FILE))
    (tmp_path / "other.txt").write_text("a")
    assert not texts.controller.takes(str(tmp_path / "other.txt"))
    assert texts.changed == []
    assert texts.controller.takes(str(file))
    (values,) = texts.changed
    assert values["source"].file == str((tmp_path / "houses.csv").resolve())
    assert (values["seed"], values["training"], values["data"]) == (7, PLAIN.training, PLAIN.data)
    assert {"architecture", "ending", "sweep"} <= set(values)
    assert any(path.startswith("view.") for path in values)
    assert texts.window.said == [OPENED.format(name="kept.toml")]
    assert texts.window.places == [], "it lies beside the text"


def test_where_the_data_are_not_beside_a_text_they_are_open_or_asked_for() -> None:
    text = settings_text(ON_FILE)
    texts = Texts()
    texts.controller.open_text(text, "copied")
    assert (texts.window.places, texts.changed, texts.window.errors) == ([("houses.csv", "copied", "")], [], [])
    texts.window.answer = "/far/houses.csv"
    texts.controller.open_text(text, "copied")
    assert texts.changed[0]["source"].file == "/far/houses.csv"
    opened = SimpleNamespace(sample=None, path=Path("/open/houses.csv"))
    texts.data.opened = (opened,)
    texts.controller.open_text(text, "copied")
    assert texts.changed[1]["source"].file == "/open/houses.csv"
    opened.path = Path("/open/others.csv")
    texts.controller.open_text(text, "copied")
    opened.path, opened.sample = Path("/open/houses.csv"), "houses"
    texts.controller.open_text(text, "copied")
    assert [one["source"].file for one in texts.changed[2:]] == ["/far/houses.csv"] * 2
    assert len(texts.window.places) == 4
    nobody = Texts(asks=False)
    nobody.controller.open_text(text, "copied")
    assert (nobody.changed, len(nobody.window.errors)) == ([], 1)
    assert nobody.failed == nobody.window.errors
    assert "houses.csv, which is not beside it" in nobody.failed[0]


def test_while_a_file_is_read_no_text_is_put_in_force() -> None:
    texts = Texts()
    texts.data.is_reading = True
    texts.controller.open_text(settings_text(PLAIN), "copied")
    assert (texts.window.errors, texts.changed, texts.failed) == (["It reads houses.csv."], [], [])
    texts.data.is_reading = False
    texts.controller.open_text("no such = [", "copied")
    assert (len(texts.failed), texts.changed, texts.window.said) == (1, [], [])


class Painted(QObject):
    """A window that makes so many parts after it has been painted."""

    painted = Signal()

    def __init__(self, n_parts: int) -> None:
        super().__init__()
        self.n_parts = n_parts

    def build_next(self) -> bool:
        self.n_parts -= 1
        return self.n_parts >= 0


def test_frames_begin_when_all_parts_are_made_and_stop_while_they_are_held() -> None:
    clock, window = HandClock(), Painted(2)
    fake: Any = window
    frames, said = FrameClock(fake, clock), list[str]()
    frames.start_reached.connect(lambda: said.append("start"))
    frames.parts_built.connect(lambda: said.append("built"))
    frames.ticked.connect(lambda _time_s: said.append("tick"))
    frames.start()
    clock.advance(START_AFTER_MS - 1)
    assert said == []
    window.painted.emit()
    clock.advance(AFTER_PAINT_MS - 1)
    assert said == [], "it waits until the first painting is over"
    clock.advance(1)
    assert said[0] == "start"
    clock.advance(1)
    clock.advance(1)
    clock.advance(1)
    assert said[:2] == ["start", "built"]
    said.clear()
    clock.advance(FRAME_MS)
    assert said == ["tick"]
    with frames.held():
        clock.advance(10 * FRAME_MS)
    assert said == ["tick"]
    clock.advance(FRAME_MS)
    assert said == ["tick"] * 2
    with frames.held():
        frames.stop()
    clock.advance(10 * FRAME_MS)
    assert said == ["tick"] * 2, "what has been stopped does not begin again"
    window.painted.emit()
    clock.advance(START_AFTER_MS)
    assert said == ["tick"] * 2
