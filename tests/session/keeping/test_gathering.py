"""When a session is gathered, and what becomes of its branches on the way into a file and back."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from random_sessions import random_session, same
from session_fakes import FakeWindow, HandClock, fake_workers, loaded_from, snapshot_of, write_small

from regdesk.core.settings.configuration import Configuration
from regdesk.core.timeline.acts import Act
from regdesk.core.types import Architecture, DataSettings, TrainSettings
from regdesk.data.errors import DataError
from regdesk.data.sessions import session_file
from regdesk.data.sessions.saved_session import SavedSession
from regdesk.data.sessions.session_file import read_session, write_session
from regdesk.session.controller import Controller
from regdesk.session.controllers.frame_clock import FRAME_MS, START_AFTER_MS
from regdesk.session.keeping.gathering import lasting_look
from regdesk.session.keeping.kept_point import point_look, point_of
from regdesk.session.keeping.saved_form import gathered_of, saved_of
from regdesk.session.keeping.session_work import keeping, writing
from regdesk.session.keeping.unsaved import WEIGHTS
from regdesk.session.live_model import LiveModel
from regdesk.session.session import Session

LASSO = TrainSettings(penalty="l1", lam=0.1)
LINEAR = Configuration(DataSettings(target="y"), Architecture(hidden=()), LASSO, seed=3)


def no_other(_settings: object, _seed: int) -> Any:
    raise AssertionError("what was frozen is of the same data")


@pytest.fixture
def desk(tmp_path: Path) -> Any:
    """A linear model at rest whose first moment has not been seen; ``found`` are answers to ``gather``."""
    window, clock, workers = FakeWindow(), HandClock(), fake_workers(LASSO)
    controller = Controller(window, Session(LINEAR), workers, clock)
    controller.start()
    clock.advance(START_AFTER_MS)
    workers.engine.finish()
    file = write_small(tmp_path)
    controller.open_file(str(file), settings=DataSettings(target="y"))
    workers.reading.answer()
    found: list[Any] = []
    return SimpleNamespace(
        controller=controller, window=window, clock=clock, training=workers.training, found=found,
        loaded=loaded_from(file, seed=3), gather=lambda: controller.keeper.gather(found.append),
    )  # fmt: skip


def show(one: Any, run: int) -> None:
    one.training.mailbox.offer(snapshot_of(one.loaded, LINEAR.architecture, LASSO, 0, run=run))
    one.clock.advance(FRAME_MS)


def test_a_run_that_has_just_begun_is_gathered_after_its_first_moment(desk: Any) -> None:
    for run in (1, 2):
        desk.gather()
        desk.training.hand_over()
        assert desk.found == []
        show(desk, run)
        desk.training.hand_over()
        assert [callable(one) for one in desk.found] == [True]
        desk.found.clear()
        desk.window.reset_requested.emit()


def test_so_is_one_that_takes_the_place_of_what_was_to_be_gathered(desk: Any) -> None:
    show(desk, 1)
    desk.gather()
    desk.window.reset_requested.emit()
    desk.training.hand_over()
    assert desk.found == []
    show(desk, 2)
    desk.training.hand_over()
    assert [callable(one) for one in desk.found] == [True]


def test_there_is_nothing_to_gather_where_the_run_ends_before_that(desk: Any) -> None:
    desk.gather()
    (model,) = desk.controller.findChildren(LiveModel)
    model.end_run()
    assert desk.found == [None]
    desk.gather()
    assert desk.found == [None, None]


def test_weights_of_a_sweep_that_are_put_in_are_work_also_where_lambda_stays(desk: Any) -> None:
    show(desk, 1)
    assert desk.controller.keeper.unsaved_words == ""
    desk.window.loss_curve.weights_requested.emit(LASSO.lam)
    assert desk.controller.keeper.unsaved_words == WEIGHTS


@pytest.fixture
def saved(tmp_path: Path, engine: None) -> SavedSession:
    """With a branch, of which the timeline does not tell."""
    return random_session(tmp_path, 1)


def test_branches_go_into_a_file_and_come_back(saved: SavedSession, tmp_path: Path) -> None:
    loaded = loaded_from(tmp_path / "small 1.csv", seed=1)
    with pytest.raises(ValueError, match=r"^The timeline has no run 2\.$"):
        gathered_of(saved, loaded, no_other)
    acts = (*saved.timeline.acts, Act("run", 2, 0, 0.25, "another run"))
    found = gathered_of(replace(saved, timeline=replace(saved.timeline, acts=acts)), loaded, no_other)
    ((branch, number),) = [(one.branch, one.timeline_run) for one in found.branches]
    assert (number, branch.left_at) == (2, 1.0)
    assert branch.state.run.has_weights_of(found.run.run)
    assert branch.state.run.number < 0, "it is none of the runs of this program"
    assert branch.sentence.endswith("(left at epoch 1)")
    write_session(tmp_path / "again.regdesk", saved_of(replace(found, look={}), saved.model, {}))
    (again,), (before,) = read_session(tmp_path / "again.regdesk").branches, saved.branches
    assert (again.left_at, again.run.number) == (before.left_at, before.run.number)
    for name in ("state", "start", "history", "changes", "gesture", "trail", "lived", "weights", "up_down"):
        assert same(getattr(again.run, name), getattr(before.run, name)), name
    assert same(again.run.seen.parameters, before.run.seen.parameters)


def test_what_was_frozen_under_other_data_is_of_those(tmp_path: Path, engine: None) -> None:
    saved = random_session(tmp_path, 2)
    assert saved.frozen is not None
    assert saved.frozen.configuration is not None
    csv, asked = tmp_path / "small 2.csv", list[tuple[DataSettings, int]]()
    loaded, other = loaded_from(csv, seed=2), loaded_from(csv, seed=9)

    def prepare(settings: DataSettings, seed: int) -> Any:
        asked.append((settings, seed))
        return other

    same_data = gathered_of(saved, loaded, no_other).frozen
    of_then = replace(saved.frozen, configuration=replace(saved.frozen.configuration, seed=9))
    found = gathered_of(replace(saved, frozen=of_then), loaded, prepare).frozen
    assert same_data is not None
    assert found is not None
    assert asked == [(saved.configuration.data, 9)]
    assert (found.configuration.seed, found.snapshot.step) == (9, same_data.snapshot.step)
    # The same weights on another split have other losses.
    assert same(found.snapshot.parameters, same_data.snapshot.parameters)
    assert found.snapshot.train_loss != same_data.snapshot.train_loss
    again = saved_of(replace(gathered_of(saved, loaded, no_other), frozen=found, look={}), saved.model, {})
    write_session(tmp_path / "again.regdesk", again)
    kept = read_session(tmp_path / "again.regdesk").frozen
    assert kept is not None
    assert kept.configuration is not None
    assert kept.configuration.seed == 9


def test_what_the_calculator_is_asked_is_a_point_of_the_columns_or_none(tmp_path: Path) -> None:
    rows = "".join(f"{number % 7 * 0.37:.2f},{'uv'[number % 2]},{number % 5}\n" for number in range(12))
    (tmp_path / "kinds.csv").write_text("a,kind,y\n" + rows)
    encoding = loaded_from(tmp_path / "kinds.csv").dataset.encoding
    for asked in ((None, 0), ((1.5, "v"), 4), ((None, None), 0), ((0.1 + 0.2, "new"), 0)):
        assert point_of(json.loads(json.dumps(point_look(asked))), encoding) == asked
    wrong = (["v", 1.5], [1.5], [1.5, "v", 2.0], [True, "v"], [float("nan"), "v"], "ab", {"a": 1}, [10**400, "v"])
    for point in wrong:
        assert point_of({"point": point, "line": 3}, encoding) == (None, 0)
    assert point_of({"point": [1, "v"], "line": "3"}, encoding) == ((1.0, "v"), 0)
    assert point_of(None, encoding) == point_of({"point": [1.5, "v"]}, None) == (None, 0)


def test_only_what_was_read_of_its_data_is_written_into_it(saved: SavedSession, tmp_path: Path) -> None:
    data = tmp_path / "small 1.csv"
    loaded, content, file = loaded_from(data, seed=1), data.read_bytes(), tmp_path / "with.regdesk"
    found = replace(gathered_of(replace(saved, branches=()), loaded, no_other), look={})
    writing(found, lambda: saved.model, embeds=True)(file)
    assert read_session(file).data.embedded == {data.name: content}
    file.unlink()
    data.write_bytes(content.replace(b"1", b"2"))
    with pytest.raises(DataError, match=r"small 1\.csv has changed since it was read; save the session without them"):
        writing(found, lambda: saved.model, embeds=True)(file)
    assert not file.exists()
    # What is kept in case the program ends names them at least.
    keeping(found, lambda: saved.model, embeds=True)(file)
    assert read_session(file).data.embedded == {}
    assert read_session(file).data.digest == loaded.table.digest


def test_what_is_kept_leaves_out_data_that_are_too_much_and_fails_as_files_do(
    saved: SavedSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, file = tmp_path / "small 1.csv", tmp_path / "kept.regdesk"
    found = replace(gathered_of(replace(saved, branches=()), loaded_from(data, seed=1), no_other), look={})
    keep = keeping(found, lambda: saved.model, embeds=True)
    # Who keeps it for a crash knows what to do about an OSError, and shows it as a sentence.
    with pytest.raises(FileNotFoundError):
        keep(tmp_path / "no folder" / "kept.regdesk")
    whole = session_file.session_bytes

    def refused_with(n_files: int) -> None:
        def bytes_of(saved: SavedSession) -> bytes:
            if len(saved.data.embedded) >= n_files:
                raise ValueError("it is too large for one file")
            return whole(saved)

        monkeypatch.setattr(session_file, "session_bytes", bytes_of)

    refused_with(1)
    keep(file)
    assert read_session(file).data.embedded == {}
    refused_with(0)
    with pytest.raises(OSError, match="too large for one file"):
        keep(file)
    assert read_session(file).data.embedded == {}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda run: replace(run, configuration=replace(run.configuration, architecture=Architecture((4,)))),
        lambda run: replace(run, seen=None),
        lambda run: replace(run, number=1),
        lambda run: replace(run, number=0),
    ],
)
def test_what_is_no_branch_of_the_model_is_refused(saved: SavedSession, tmp_path: Path, spoil: Any) -> None:
    (branch,) = saved.branches
    write_session(tmp_path / "one.regdesk", replace(saved, branches=(replace(branch, run=spoil(branch.run)),)))
    with pytest.raises(DataError, match=r"the file is damaged \(What branches.* does not fit together"):
        read_session(tmp_path / "one.regdesk")


@pytest.mark.parametrize(
    ("is_of_now", "is_running", "status", "readout"),
    [(True, False, "Paused.", "R²"), (True, True, "", "R²"), (False, False, "", None), (False, True, "", None)],
)
def test_words_that_will_not_be_so_are_not_kept(
    is_of_now: bool, is_running: bool, status: str, readout: str | None
) -> None:
    look = {"panels": {"dataFitPanel": {"picture": {"x": 1}, "readout": "R²"}}, "status": "Paused.", "layout": {}}
    kept = lasting_look(look, is_of_now=is_of_now, is_running=is_running)
    panels = {"dataFitPanel": {"picture": {"x": 1}, "readout": readout}}
    assert kept == {"panels": panels, "status": status, "layout": {}}
    assert look["status"] == "Paused."
