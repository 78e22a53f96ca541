"""Models between the window and the services: saved, opened, looked at, trained on, and asked about a file."""

from __future__ import annotations

import errno
import os
import shlex
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from session_fakes import FakeWindow, HandClock, emissions, fake_workers, loaded_from, snapshot_of, write_small

from regdesk.app import main
from regdesk.cli.command_text import fit_words
from regdesk.core.model.network import weights_digest
from regdesk.core.settings.configuration import Configuration
from regdesk.core.types import Architecture, DataSettings, TrainSettings
from regdesk.data.files.model_file import read_model
from regdesk.data.prepare.mapping_rows import MappingRows
from regdesk.session.controller import Controller
from regdesk.session.controllers.frame_clock import FRAME_MS, START_AFTER_MS
from regdesk.session.controllers.models import LIVE_NAME, NO_MODEL, OWN_SETTINGS
from regdesk.session.session import Session
from regdesk.tasks.models.made_with import model_of_file
from regdesk.workers.requests import NewRun

LASSO = TrainSettings(penalty="l1", lam=0.1)
LINEAR = Configuration(DataSettings(target="y"), Architecture(hidden=()), LASSO, seed=3)


class Desk(SimpleNamespace):
    """A controller that has been started, with its fakes; ``opened``, ``failed`` and ``left`` are what it tells."""

    def read(self, file: Path, **others: Any) -> Any:
        """Open that file, and see a model of it after 200 epochs."""
        self.controller.open_file(str(file), settings=DataSettings(target="y"))
        self.workers.reading.answer()
        loaded = loaded_from(file, seed=3)
        self.moment(loaded, 200, **others)
        return loaded

    def moment(self, loaded: Any, step: int, settings: TrainSettings = LASSO, **others: Any) -> Any:
        run = self.runs[-1].run
        snapshot = snapshot_of(loaded, Architecture(hidden=()), settings, step, **({"run": run} | others))
        self.workers.training.mailbox.offer(snapshot)
        self.clock.advance(FRAME_MS)
        return snapshot

    @property
    def runs(self) -> list[NewRun]:
        return [one for one in self.workers.training.asked if isinstance(one, NewRun)]

    def save(self, file: Path) -> None:
        self.window.models.save_place_chosen.emit(str(file))
        self.workers.modelling.answer()


def made(configuration: Configuration = LINEAR) -> Desk:
    window, clock, workers = FakeWindow(), HandClock(), fake_workers(configuration.training)
    controller = Controller(window, Session(configuration), workers, clock)
    controller.fit_words = fit_words
    controller.start()
    clock.advance(START_AFTER_MS)
    workers.engine.finish()
    return Desk(
        controller=controller,
        window=window,
        workers=workers,
        clock=clock,
        opened=emissions(controller.file_opened),
        failed=emissions(controller.load_failed),
        left=emissions(controller.import_left),
    )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return write_small(tmp_path)


@pytest.fixture
def desk() -> Desk:
    return made()


@pytest.fixture
def model(desk: Desk, file: Path, tmp_path: Path) -> Path:
    """A model file of ``file``, saved by ``desk``."""
    desk.read(file)
    desk.save(tmp_path / "lasso.regdesk")
    return tmp_path / "lasso.regdesk"


def test_before_there_is_a_model_nothing_can_be_done_with_one(desk: Desk, file: Path) -> None:
    assert desk.window.last("models.show_unavailable") == (NO_MODEL, NO_MODEL)
    desk.window.models.save_requested.emit()
    assert desk.window.last("show_error") == NO_MODEL
    desk.window.models.predictions_requested.emit("live")
    assert desk.window.all_of("models.open_predictions") == []
    desk.read(file)
    assert desk.window.last("models.show_unavailable") == ("", "")
    desk.window.models.save_requested.emit()
    assert desk.window.last("models.ask_save_place") == str(file.with_suffix(".regdesk"))


def test_the_model_that_is_shown_is_saved_with_the_command_that_makes_it(desk: Desk, file: Path, model: Path) -> None:
    saved = read_model(model)
    assert saved.model.parameters.tolist() == [0.5] * 4
    assert saved.model.configuration.training == LASSO
    command = f"regdesk fit {file} --target=y --seed=3 --hidden= --penalty=l1 --lam=0.1 --optimizer=adam --epochs=200"
    assert sorted(saved.provenance["command"].split()) == sorted(command.split())
    assert "note" not in saved.provenance
    assert desk.workers.modelling.kept == [1]
    assert desk.window.last("show_model_file") == ("lasso.regdesk", False)
    assert desk.window.last("show_status").startswith("The model is saved as lasso.regdesk")
    assert desk.opened == [str(file), str(model)]


def test_a_model_whose_settings_have_changed_says_that_its_command_leads_elsewhere(
    desk: Desk, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    loaded = desk.read(file)
    desk.moment(loaded, 250, epoch=250.5)
    desk.save(tmp_path / "m.regdesk")
    note = read_model(tmp_path / "m.regdesk").provenance["note"]
    assert note == (
        "The command does not lead to the same weights: it was taken after 250.5 epochs, which is not a whole number."
    )
    assert main(["show", str(tmp_path / "m.regdesk")]) == 0
    assert note in capsys.readouterr().out


def test_the_exact_model_is_saved_in_place_of_the_one_it_stands_for(desk: Desk, file: Path, tmp_path: Path) -> None:
    loaded = desk.read(file)
    trained = desk.moment(loaded, 201)
    exact = replace(trained, parameters=np.array([1.0, 2.0, 3.0, 4.0]), stands_for=trained)
    exact = replace(exact, settings=replace(LASSO, lam=0.2))
    desk.controller.session.change("training.lam", 0.2)
    desk.workers.training.mailbox.offer(exact)
    desk.clock.advance(FRAME_MS)
    desk.save(tmp_path / "exact.regdesk")
    saved = read_model(tmp_path / "exact.regdesk")
    assert saved.model.parameters.tolist() == [1.0, 2.0, 3.0, 4.0]
    assert "--epochs" not in saved.provenance["command"]
    assert saved.provenance["optimizer"] == "exact"


def test_the_title_says_when_the_model_has_moved_on(desk: Desk, file: Path, model: Path) -> None:
    desk.moment(loaded_from(file, seed=3), 300, value=0.25)
    assert desk.window.last("show_model_file") == ("lasso.regdesk", True)
    told = len(desk.window.all_of("show_model_file"))
    desk.moment(loaded_from(file, seed=3), 301, value=0.125)
    assert len(desk.window.all_of("show_model_file")) == told
    desk.window.reset_requested.emit()
    assert desk.window.last("show_model_file") == ("", False)
    assert model.is_file()


def test_a_model_that_moves_while_it_is_written_is_not_the_one_in_the_file(
    desk: Desk, file: Path, tmp_path: Path
) -> None:
    loaded = desk.read(file)
    desk.window.models.save_place_chosen.emit(str(tmp_path / "m.regdesk"))
    desk.moment(loaded, 300, value=0.25)
    desk.workers.modelling.answer()
    assert desk.window.last("show_model_file") == ("m.regdesk", True)
    assert read_model(tmp_path / "m.regdesk").model.parameters.tolist() == [0.5] * 4


def test_no_file_but_a_model_is_replaced(desk: Desk, file: Path) -> None:
    desk.read(file)
    before = file.read_bytes()
    desk.save(file)
    assert desk.window.last("show_error").startswith("small.csv: this is the file that is read")
    other = file.with_name("other.txt")
    other.write_text("mine")
    desk.save(other)
    assert "regdesk has not saved as a model" in desk.window.last("show_error")
    assert (file.read_bytes(), other.read_text()) == (before, "mine")
    desk.save(file.parent / "no folder" / "m.regdesk")
    assert desk.window.last("show_error").startswith("m.regdesk: the model could not be written there")
    assert desk.failed == [], "a file that could not be opened is another thing"


def test_while_a_model_is_written_nothing_takes_its_place(desk: Desk, file: Path, model: Path) -> None:
    desk.window.models.save_place_chosen.emit(str(model))
    desk.window.file_chosen.emit(str(model))
    sentence = "lasso.regdesk is still being written; try again when it is there."
    assert desk.window.last("show_error") == sentence
    desk.workers.modelling.answer()
    assert desk.window.last("show_status").startswith("The model is saved")


def test_a_model_at_the_start_is_opened_with_its_data_and_goes_on(model: Path, file: Path) -> None:
    other = made(Configuration())
    other.controller.choose_file(str(model))
    other.workers.modelling.answer()
    assert other.window.all_of("models.show_facts") == []
    other.workers.reading.answer()
    after = other.controller.session.configuration
    assert after.source.file == str(file)
    assert (after.data, after.seed) == (LINEAR.data, 3)
    assert (after.architecture, after.training) == (LINEAR.architecture, LASSO)
    (run,) = other.runs
    assert run.start is not None
    assert run.start.parameters.tolist() == [0.5] * 4
    saved = read_model(model)
    digest = weights_digest(saved.model.parameters)
    assert run.start.words == f"weights of lasso.regdesk, sha256 {digest[:12]}"
    assert other.window.last("show_model_file") == ("lasso.regdesk", False)
    assert other.opened == [str(model)]
    assert other.window.all_of("show_error") == []
    # As long as nothing has moved the command is the file's own; what is trained on from there was not made by it.
    shown = other.moment(loaded_from(file, seed=3), 0, value=0.5)
    moment = other.controller.moment()
    assert moment is not None
    assert shown.parameters.tolist() == run.start.parameters.tolist()
    assert moment.file == model_of_file("lasso.regdesk", saved, moment.loaded.source)
    assert shlex.join(["regdesk", *moment.file.command]) == saved.provenance["command"]
    other.moment(loaded_from(file, seed=3), 1, value=0.25)
    moved = other.controller.moment()
    assert moved is not None
    assert moved.file is None
    # Another run begins with its seed's weights.
    other.window.reset_requested.emit()
    assert other.runs[-1].start is None


def test_settings_of_the_command_line_beside_a_model_are_not_used_and_that_is_said(model: Path) -> None:
    other = made(replace(Configuration(), training=TrainSettings(lam=0.5)))
    other.controller.open_file(str(model))
    other.workers.modelling.answer()
    other.workers.reading.answer()
    assert other.controller.session.configuration.training == LASSO
    assert other.window.last("show_error") == OWN_SETTINGS.format(name="lasso.regdesk")


def test_a_person_is_shown_a_model_before_it_takes_the_place_of_what_is_there(
    desk: Desk, file: Path, model: Path
) -> None:
    before = desk.controller.session.configuration
    desk.window.file_chosen.emit(str(model))
    desk.workers.modelling.answer()
    facts, sentence, is_file, can_go_on = desk.window.last("models.show_facts")
    assert facts.summary == "y by a linear model, L1 with λ = 0.1"
    assert (is_file, can_go_on) == (True, True)
    assert str(file) in sentence
    assert desk.controller.session.configuration == before
    desk.window.models.going_on_requested.emit()
    desk.workers.reading.answer()
    assert desk.runs[-1].start is not None


@pytest.mark.parametrize("is_gone", [True, False])
def test_without_its_data_a_model_is_looked_at_and_predicts(model: Path, file: Path, is_gone: bool) -> None:
    if is_gone:
        file.unlink()
    else:
        file.write_text(file.read_text() + "1,2,3,4\n")
    other = made(Configuration())
    other.controller.open_file(str(model))
    other.workers.modelling.answer()
    _, sentence, is_file, can_go_on = other.window.last("models.show_facts")
    assert (is_file, can_go_on) == (True, False)
    assert sentence.startswith("It predicts, but cannot train on: small.csv: this file, of which the model was made, ")
    assert ("is not there any more" if is_gone else "has changed since") in sentence
    assert other.workers.reading.asked == []
    assert other.left == [], "no sample takes its place"
    assert other.window.last("show_model_file") == ("lasso.regdesk", False)
    # It can be asked about single points.
    other.window.calculator.seen_changed.emit(True)
    other.workers.calculating.answer()
    found = other.window.last("calculator.show_calculation")
    model_of_file = read_model(model).model
    cells = {name: [mean] for name, mean in zip("abc", found.point, strict=True)}
    rows = MappingRows(cells, model_of_file.encoding)
    assert found.answer.tolist() == pytest.approx(model_of_file.predict(rows).tolist(), rel=1e-12)
    other.window.models.predictions_requested.emit("live")
    (choice,), _ = other.window.last("models.open_predictions")
    assert (choice.key, choice.title) == ("file", "lasso.regdesk: y by a linear model, L1 with λ = 0.1")


def test_data_that_change_at_the_last_moment_leave_what_is_there(desk: Desk, file: Path, model: Path) -> None:
    desk.window.file_chosen.emit(str(model))
    desk.workers.modelling.answer()
    before, n_runs = desk.controller.session.configuration, len(desk.runs)
    file.write_text(file.read_text().replace("y", "z", 1))
    desk.window.models.going_on_requested.emit()
    desk.workers.reading.answer()
    assert desk.controller.session.configuration == before
    assert len(desk.runs) == n_runs
    assert "cannot be trained on any more" in desk.window.last("show_error")


def test_a_model_that_cannot_be_read_is_a_sentence(desk: Desk, file: Path, tmp_path: Path) -> None:
    desk.read(file)
    broken = tmp_path / "broken.regdesk"
    broken.write_bytes(b"PK\3\4 and no more")
    desk.window.file_chosen.emit(str(broken))
    desk.workers.modelling.answer()
    assert desk.window.last("show_error").startswith("broken.regdesk: ")
    assert desk.failed == [desk.window.last("show_error")]
    assert desk.window.all_of("models.show_facts") == []
    desk.window.file_chosen.emit(str(tmp_path / "none.regdesk"))
    desk.window.load_cancelled.emit()
    assert desk.window.last("show_error") == "Opening none.regdesk was cancelled; what is on screen stays."


def test_what_is_no_sentence_is_raised(qtbot: Any, desk: Desk, file: Path) -> None:
    desk.read(file)
    desk.controller.open_file("a.regdesk")
    desk.window.models.prediction_wanted.emit("live", str(file), "", False)
    with qtbot.capture_exceptions() as raised:
        desk.workers.modelling.failed.emit(1, ZeroDivisionError())
        desk.workers.predicting.failed.emit(1, ZeroDivisionError())
    assert [kind for kind, *_ in raised] == [ZeroDivisionError] * 2


def test_the_live_model_is_looked_at(desk: Desk, file: Path) -> None:
    desk.read(file)
    desk.window.models.facts_requested.emit()
    desk.workers.modelling.answer()
    facts, _, is_file, can_go_on = desk.window.last("models.show_facts")
    assert (facts.name, is_file, can_go_on) == (LIVE_NAME, False, False)
    assert facts.weights.rows[1][0] == "a"
    assert facts.weights.rows[1][1] == "0.5"


def predict(desk: Desk, file: Path, out: str = "", key: str = "live") -> None:
    desk.window.models.prediction_wanted.emit(key, str(file), out, False)
    desk.workers.predicting.answer()


def new_rows_shown(desk: Desk) -> Any:
    frame = desk.window.all_of("show_frame")[-1][0]
    return frame.new_rows


def test_a_file_is_predicted_and_its_figures_stay_beside_other_moments_with_the_name_of_theirs(
    desk: Desk, file: Path, tmp_path: Path
) -> None:
    loaded = desk.read(file)
    new, out = write_small(tmp_path, "new.csv", 40), tmp_path / "out.csv"
    predict(desk, new, str(out))
    facts = desk.window.last("models.show_predictions")
    assert facts.sentences == ("40 of 40 rows of new.csv predicted. They are in out.csv.",)
    assert len(out.read_text().splitlines()) == 41
    found = new_rows_shown(desk)
    assert (found.file, found.model, found.n_rows) == ("new.csv", "", 40)
    assert set(found.figures) == {"loss", "r2", "rmse"}
    # Another moment of it is another model.
    desk.moment(loaded, 201, value=0.75)
    marked = new_rows_shown(desk)
    assert (marked.file, marked.n_rows) == ("new.csv", 40)
    assert marked.model.startswith("at λ ")
    assert ", epoch " in marked.model
    assert marked.figures is found.figures
    desk.moment(loaded, 202, value=0.5)
    assert (new_rows_shown(desk).model, new_rows_shown(desk).figures is found.figures) == ("", True)


def test_figures_of_new_rows_are_of_other_data_not_shown(desk: Desk, file: Path, tmp_path: Path) -> None:
    desk.read(file)
    predict(desk, write_small(tmp_path, "new.csv", 40))
    assert new_rows_shown(desk) is not None
    # As many inputs and the same weights, on another scale.
    desk.read(write_small(tmp_path, "other.csv", 30))
    assert new_rows_shown(desk) is None


def test_rows_that_the_model_was_made_of_are_not_new(desk: Desk, file: Path) -> None:
    desk.read(file)
    predict(desk, file)
    assert "most of its rows are not new" in desk.window.last("models.show_predictions").sentences[-1]
    assert new_rows_shown(desk) is None


def test_predictions_that_cannot_be_are_a_sentence_and_leave_the_old_file(
    desk: Desk, file: Path, tmp_path: Path
) -> None:
    desk.read(file)
    wrong, out = tmp_path / "wrong.csv", tmp_path / "out.csv"
    wrong.write_text("a,b\n1,2\n")
    out.write_text("old")
    predict(desk, wrong, str(out))
    sentence = desk.window.last("models.show_prediction_problem")
    assert sentence == desk.window.last("show_error")
    assert sentence.startswith("wrong.csv")
    predict(desk, file, str(file))
    assert "this is a file that is read" in desk.window.last("show_error")
    assert out.read_text() == "old"
    assert list(tmp_path.glob(".regdesk*")) == []


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_predictions_that_a_disk_does_not_take_name_their_file_and_leave_the_old_one(
    desk: Desk, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    desk.read(file)
    out = tmp_path / "out.csv"
    out.write_text("old")
    before, write_to = sorted(path.name for path in tmp_path.iterdir()), os.write
    n_calls = 0

    def fail(descriptor: int, content: Any) -> int:
        nonlocal n_calls
        n_calls += 1
        if n_calls > 1:
            raise OSError(code, os.strerror(code))
        return write_to(descriptor, content)

    with monkeypatch.context() as patched:
        patched.setattr(os, "write", fail)
        predict(desk, file, str(out))
    assert n_calls > 1
    sentence = desk.window.last("models.show_prediction_problem")
    assert sentence == desk.window.last("show_error")
    assert out.name in sentence
    assert os.strerror(code).lower() in sentence.lower()
    # A folder that has gone meanwhile.
    predict(desk, file, str(tmp_path / "gone" / "out.csv"))
    assert desk.window.last("models.show_prediction_problem").startswith(
        "out.csv: the predictions could not be written"
    )
    assert out.read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_predictions_are_cancelled(desk: Desk, file: Path, tmp_path: Path) -> None:
    desk.read(file)
    desk.window.models.prediction_wanted.emit("live", str(file), str(tmp_path / "out.csv"), False)
    desk.workers.predicting.progressed.emit(1, 0.5)
    assert desk.window.last("models.show_prediction_progress") == 0.5
    # One at a time.
    desk.window.models.prediction_wanted.emit("live", str(file), "", False)
    assert len(desk.workers.predicting.asked) == 1
    desk.window.models.prediction_cancelled.emit()
    sentence = "Predicting small.csv was cancelled; nothing is written."
    assert desk.window.last("models.show_prediction_problem") == sentence
    desk.workers.predicting.succeeded.emit(1, None)
    assert desk.window.all_of("models.show_predictions") == []


def test_the_model_that_was_opened_is_asked_by_its_name(desk: Desk, file: Path, model: Path, tmp_path: Path) -> None:
    desk.window.file_chosen.emit(str(model))
    desk.workers.modelling.answer()
    desk.window.models.predictions_requested.emit("file")
    choices, key = desk.window.last("models.open_predictions")
    assert [one.key for one in choices] == ["live", "file"]
    assert key == "file"
    assert choices[0].title == "The live model: λ 0.1, epoch 200"
    out = tmp_path / "out.csv"
    predict(desk, file, str(out), "file")
    provenance = (tmp_path / "out.csv.provenance.json").read_text()
    assert f"regdesk predict {model} {file} --out {out}" in provenance
    predict(desk, file, str(model), "file")
    assert "this is a model; it is left as it is" in desk.window.last("show_error")
    assert read_model(model).model.parameters.tolist() == [0.5] * 4


def test_a_model_that_has_not_moved_is_saved_with_all_that_its_file_said(model: Path, tmp_path: Path) -> None:
    other = made(Configuration())
    other.controller.open_file(str(model))
    other.workers.modelling.answer()
    other.workers.reading.answer()
    loaded = loaded_from(tmp_path / "small.csv", seed=3)
    other.moment(loaded, 0, epoch=0.0)
    other.window.models.save_requested.emit()
    assert other.window.last("models.ask_save_place") == str(model)
    again = tmp_path / "again.regdesk"
    other.save(again)
    assert again.read_bytes() == model.read_bytes()
    # One that has trained on is told by what it is now.
    other.moment(loaded, 10, value=0.25)
    other.save(again)
    saved = read_model(again)
    assert saved.model.parameters.tolist() == [0.25] * 4
    assert "--epochs=10" in saved.provenance["command"]
