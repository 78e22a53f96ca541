"""The training thread without a window: settings, snapshots, requests, and how it ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from window_driver import write_sparse, write_steep

from regdesk.core.run.history import HistoryRow
from regdesk.core.run.snapshot import TrainSnapshot
from regdesk.core.training.trainer import Trainer
from regdesk.core.types import Architecture, DataSettings, TrainSettings
from regdesk.data.source import Source
from regdesk.tasks.loading import Loaded, load
from regdesk.workers import look_pace
from regdesk.workers.pace import Pace
from regdesk.workers.requests import NewRun
from regdesk.workers.training import TrainingThread


def load_file(path: Path, **settings: Any) -> Loaded:
    return load(Source(path, path.name), DataSettings(**settings), 0, lambda: False)


@pytest.fixture
def loaded(tmp_path: Path) -> Loaded:
    return load_file(write_sparse(tmp_path / "sparse.csv"))


@pytest.fixture(autouse=True)
def cheap_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows of the history are noted as if they cost nothing: on a busy machine one may seem dear, and others wait."""
    monkeypatch.setattr(look_pace, "RECORD_SHARE", 1e6)


@pytest.fixture
def thread(qtbot: Any, engine: None) -> Iterator[TrainingThread]:
    thread = TrainingThread(TrainSettings())
    thread.handed_over.connect(lambda _handed: thread.note_heard())
    thread.begin()
    yield thread
    thread.stop()
    assert thread.wait(30_000)


def new_run(loaded: Loaded, run: int = 1, hidden: tuple[int, ...] = (4,)) -> NewRun:
    return NewRun(run, loaded.dataset, loaded.fit_view, Architecture(hidden), 0)


class Reader:
    """Takes snapshots as the controller does."""

    def __init__(self, thread: TrainingThread, qtbot: Any) -> None:
        self.thread, self.qtbot = thread, qtbot
        self.taken: list[TrainSnapshot] = []

    def until(self, wanted: Any) -> TrainSnapshot:
        def has_come() -> bool:
            snapshot = self.thread.mailbox.take()
            if snapshot is not None:
                self.taken.append(snapshot)
                self.thread.wake()
            return snapshot is not None and wanted(snapshot)

        self.qtbot.waitUntil(has_come)
        return self.taken[-1]


class Chunks:
    """Counts the steps that are trained, and chunks that were begun after ``is_told`` to stop."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.n_steps = self.n_begun_late = 0
        self.is_told = False
        advance, due, fitting = Trainer.advance, Pace.due, Pace.fitting

        def note_steps(trainer: Trainer, settings: TrainSettings, n_steps: int) -> None:
            advance(trainer, settings, n_steps)
            self.n_steps += n_steps

        def note_due(pace: Pace, now_s: float, chunk_s: float) -> int:
            self.n_begun_late += self.is_told
            return due(pace, now_s, chunk_s)

        def note_fitting(pace: Pace, chunk_s: float) -> int:
            self.n_begun_late += self.is_told
            return fitting(pace, chunk_s)

        monkeypatch.setattr(Trainer, "advance", note_steps)
        # How long a chunk is to be is asked as it begins.
        monkeypatch.setattr(Pace, "due", note_due)
        monkeypatch.setattr(Pace, "fitting", note_fitting)


def test_a_new_run_shows_itself_and_rests(thread: TrainingThread, loaded: Loaded, qtbot: Any) -> None:
    thread.request(new_run(loaded))
    snapshot = Reader(thread, qtbot).until(lambda _: True)
    assert (snapshot.run, snapshot.step, snapshot.epoch) == (1, 0, 0.0)
    assert snapshot.settings == thread.settings
    assert not snapshot.parameters.flags.writeable
    qtbot.wait(60)
    assert thread.mailbox.is_empty


def test_a_young_run_flat_out_has_no_gaps(thread: TrainingThread, loaded: Loaded, qtbot: Any) -> None:
    reader = Reader(thread, qtbot)
    thread.steps_per_second = None
    thread.is_running = True
    thread.request(new_run(loaded))
    reader.until(lambda one: one.step > 3_000)
    steps = np.concatenate([snapshot.rows[:, 0] for snapshot in reader.taken])
    steps = steps[steps <= 3_000]
    # Pieces of a fiftieth of the run; the last of a chunk may be left out.
    assert (np.diff(steps) <= np.maximum(2, 0.05 * steps[1:])).all()
    assert len(steps) > 100


def test_lambda_steps_where_it_changed(thread: TrainingThread, loaded: Loaded, qtbot: Any) -> None:
    reader = Reader(thread, qtbot)
    thread.is_running = True
    thread.request(new_run(loaded))
    reader.until(lambda one: one.step > 50)
    thread.settings = replace(thread.settings, lam=0.7)
    reader.until(lambda one: one.settings.lam == 0.7 and one.step > 100)
    rows = np.concatenate([snapshot.rows for snapshot in reader.taken])
    (change,) = [change for snapshot in reader.taken for change in snapshot.changes]
    first = rows[rows[:, HistoryRow._fields.index("lam")] == 0.7][0]
    assert (first[0], first[1]) == (change.step, change.epoch)
    assert first[HistoryRow._fields.index("changed")] == 1


def test_settings_act_on_the_running_model_and_travel_with_the_snapshot(
    thread: TrainingThread, loaded: Loaded, qtbot: Any
) -> None:
    reader = Reader(thread, qtbot)
    thread.is_running = True
    thread.request(new_run(loaded))
    reader.until(lambda one: one.step > 20)
    for lam in (0.5, 0.0, 2.0):
        thread.settings = replace(thread.settings, penalty="l1", lam=lam)
        thread.wake()
        assert reader.until(lambda one, lam=lam: one.settings.lam == lam).settings.penalty == "l1"
    steps = [one.step for one in reader.taken]
    assert steps == sorted(steps)
    rows = np.concatenate([one.rows for one in reader.taken])
    assert (np.diff(rows[:, 0]) >= 0).all()
    assert set(rows[:, 5]) >= {0.01, 0.5, 0.0, 2.0}


def test_an_unread_snapshot_holds_up_no_training_and_loses_no_history(
    thread: TrainingThread, loaded: Loaded, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    chunks = Chunks(monkeypatch)
    thread.is_running = True
    thread.request(new_run(loaded))
    qtbot.waitUntil(lambda: not thread.mailbox.is_empty)
    unread = chunks.n_steps
    qtbot.waitUntil(lambda: chunks.n_steps > unread + 200)
    reader = Reader(thread, qtbot)
    first = reader.until(lambda _: True)
    second = reader.until(lambda _: True)
    assert second.step - first.step > 50
    # What was recorded meanwhile arrives with the second.
    assert len(second.rows) > 5
    assert second.rows[0, 0] > first.step


def test_an_epoch_on_request_is_exact_whatever_the_chunks(thread: TrainingThread, loaded: Loaded, qtbot: Any) -> None:
    settings = replace(thread.settings, batch_size=16)
    thread.settings = settings
    thread.request(new_run(loaded))
    reader = Reader(thread, qtbot)
    for epoch in (1, 2):
        thread.request_epoch()
        reader.until(lambda one, epoch=epoch: one.epoch == epoch)
    trainer = Trainer(loaded.dataset, Architecture((4,)), 0)
    trainer.advance(settings, 2 * 6)
    assert reader.taken[-1].digest() == trainer.snapshot(settings).digest()


def test_an_epoch_before_there_is_a_model_does_nothing(thread: TrainingThread, loaded: Loaded, qtbot: Any) -> None:
    thread.request_epoch()
    thread.request(new_run(loaded))
    assert Reader(thread, qtbot).until(lambda _: True).step == 0


def test_a_later_run_replaces_an_earlier(thread: TrainingThread, loaded: Loaded, qtbot: Any) -> None:
    thread.is_running = True
    for run in range(1, 6):
        thread.request(new_run(loaded, run, (run,)))
    snapshot = Reader(thread, qtbot).until(lambda one: one.run == 5 and one.step > 0)
    assert snapshot.n_weights == 8 * 5 + 5


def test_divergence_is_shown_even_when_looking_is_dear(
    thread: TrainingThread, tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A dear snapshot makes the next one wait; a model that stands still must be shown all the same."""
    monkeypatch.setattr(look_pace, "MEASURE_SHARE", 1e-6)
    steep = load_file(write_steep(tmp_path / "steep.csv"), standardize=False)
    thread.settings = TrainSettings("none", optimizer="sgd", learning_rate=1.0)
    thread.is_running = True
    thread.request(new_run(steep, hidden=()))
    snapshot = Reader(thread, qtbot).until(lambda one: one.has_diverged)
    assert np.isfinite(snapshot.parameters).all()
    assert np.isfinite(snapshot.objective)


def test_an_error_in_the_thread_is_handed_over(
    thread: TrainingThread, loaded: Loaded, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("broken engine")

    monkeypatch.setattr(Trainer, "advance", fail)
    thread.is_running = True
    with qtbot.waitSignal(thread.failed) as caught:
        thread.request(new_run(loaded))
    assert str(caught.args[0]) == "broken engine"
    monkeypatch.undo()
    # The thread lives on: a new run trains as if nothing had been.
    thread.request(new_run(loaded))
    qtbot.waitUntil(lambda: not thread.mailbox.is_empty)
    assert thread.isRunning()


def test_stop_while_training_flat_out(
    qtbot: Any, loaded: Loaded, engine: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    thread = TrainingThread(TrainSettings())
    chunks = Chunks(monkeypatch)
    thread.steps_per_second = None
    thread.is_running = True
    thread.begin()
    thread.request(new_run(loaded))
    Reader(thread, qtbot).until(lambda one: one.step > 100)
    thread.stop()
    chunks.is_told = True
    assert thread.wait(30_000)
    # The one that was about to begin.
    assert chunks.n_begun_late <= 1


def test_stop_in_the_middle_of_a_long_epoch(
    qtbot: Any, loaded: Loaded, engine: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    thread = TrainingThread(TrainSettings(batch_size=1))
    chunks = Chunks(monkeypatch)
    thread.begin()
    thread.request(new_run(loaded, hidden=(256, 256)))
    Reader(thread, qtbot).until(lambda _: True)
    for _ in range(1000):
        thread.request_epoch()
    qtbot.waitUntil(lambda: chunks.n_steps > 0)
    thread.stop()
    chunks.is_told = True
    assert thread.wait(30_000)
    assert chunks.n_begun_late <= 1
    assert chunks.n_steps < 1000 * 90


def test_a_new_run_begins_with_one_step_whatever_the_last_one_could_do(
    thread: TrainingThread, loaded: Loaded, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A chunk of a tiny model is thousands of steps; of the next model it may be minutes."""
    chunks: list[tuple[int, int]] = []
    advance = Trainer.advance

    def note(trainer: Trainer, settings: TrainSettings, n_steps: int) -> None:
        chunks.append((trainer.run, n_steps))
        advance(trainer, settings, n_steps)

    monkeypatch.setattr(Trainer, "advance", note)
    thread.steps_per_second = None
    thread.is_running = True
    thread.request(new_run(loaded))
    qtbot.waitUntil(lambda: any(n_steps > 20 for _, n_steps in chunks))
    second = replace(new_run(loaded), run=chunks[0][0] + 1)
    thread.request(second)
    qtbot.waitUntil(lambda: any(run == second.run for run, _ in chunks))
    assert next(n_steps for run, n_steps in chunks if run == second.run) == 1


def test_where_all_rows_take_too_long_parameters_go_ahead_of_losses(
    thread: TrainingThread, loaded: Loaded, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    # One look in hours, glimpses at any time.
    monkeypatch.setattr(look_pace, "MEASURE_SHARE", 1e-9)
    monkeypatch.setattr(look_pace, "GLIMPSE_SHARE", 1e9)
    reader = Reader(thread, qtbot)
    thread.request(new_run(loaded))
    first = reader.until(lambda _: True)
    thread.is_running = True
    thread.wake()
    reader.until(lambda one: one.step > 100 and len(reader.taken) > 5)
    moving = reader.taken[1:]
    assert {one.measured.step for one in moving} == {0}
    assert {one.train_loss for one in moving} == {first.train_loss}
    assert len({one.digest() for one in moving}) == len({one.step for one in moving}) == len(moving)
    rows = np.concatenate([one.rows for one in moving])
    assert len(rows)
    assert (np.diff(rows[:, 0]) >= 0).all()
    thread.is_running = False
    thread.wake()
    last = reader.until(lambda one: one.last_measured is None)
    assert last.step == max(one.step for one in reader.taken)
    assert last.train_loss != first.train_loss


def test_rows_that_take_longer_than_a_chunk_are_noted_between_chunks(
    thread: TrainingThread, loaded: Loaded, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(look_pace, "RECORD_SHARE", 1e-9)
    reader = Reader(thread, qtbot)
    thread.steps_per_second = None
    thread.is_running = True
    thread.request(new_run(loaded))
    reader.until(lambda one: one.step > 3_000)
    rows = np.concatenate([one.rows for one in reader.taken])
    # Each snapshot that was measured has its own; one more tells what a row costs.
    assert len(rows) <= len(reader.taken) + 1


def test_a_snapshot_that_waits_for_the_window_does_not_put_off_the_next(
    thread: TrainingThread, loaded: Loaded, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What counts is processor time: here snapshots take none, and any time of a clock would be hours of rest."""
    monkeypatch.setattr(look_pace, "MEASURE_SHARE", 1e-9)
    monkeypatch.setattr("time.thread_time", lambda: 0.0)
    reader = Reader(thread, qtbot)
    thread.is_running = True
    thread.request(new_run(loaded))
    reader.until(lambda one: one.step > 0 and len(reader.taken) > 5)
    assert len({one.step for one in reader.taken}) == len(reader.taken)
    assert all(one.last_measured is None for one in reader.taken)
