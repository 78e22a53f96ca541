"""A session that is restored is work in no file, also within a lesson; it is put off while its data are not there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from random_sessions import random_session
from session_fakes import FakeWindow, HandClock, emissions, fake_workers, loaded_from, snapshot_of

from regdesk.core.settings.configuration import Configuration, SourceSettings
from regdesk.core.timeline.acts import Act
from regdesk.core.types import Architecture
from regdesk.data.errors import DataError
from regdesk.data.sessions.session_file import read_session, write_session
from regdesk.desktop.recovery.unsaved_session import UnsavedSession
from regdesk.session.controller import Controller
from regdesk.session.controllers.frame_clock import START_AFTER_MS
from regdesk.session.keeping.keeper import ANOTHER, WITHOUT_DATA
from regdesk.session.session import Session
from regdesk.workers.requests import HandedOver, StateWanted


@pytest.fixture
def desk(engine: None, tmp_path: Path) -> Any:
    """An empty window, and a session that a process has left in ``file``, of the data ``csv``."""
    saved, csv, file = random_session(tmp_path, 1), tmp_path / "small 1.csv", tmp_path / "session.regdesk"
    run, source = saved.run, SourceSettings(file=str(csv))
    run = replace(run, configuration=replace(run.configuration, source=source))
    timeline = replace(saved.timeline, acts=(*saved.timeline.acts, Act("run", 2, 0, 0.25, "another run")))
    data = replace(saved.data, digest=loaded_from(csv, seed=1).table.digest, embedded={})
    write_session(file, replace(saved, run=run, timeline=timeline, data=data, look={}))
    window, clock, workers = FakeWindow(), HandClock(), fake_workers(Configuration().training)
    window.may_close = None
    controller = Controller(window, Session(Configuration()), workers, clock)
    controller.keeper.data_folder = tmp_path / "unpacked"
    window.lessons.panels_in_sight = dict
    controller.start()
    clock.advance(START_AFTER_MS)
    workers.engine.finish()
    return SimpleNamespace(
        window=window, controller=controller, keeper=controller.keeper, fetching=workers.fetching,
        reading=workers.reading,
        training=workers.training, clock=clock, csv=csv, file=file,
        restored=emissions(controller.keeper.restored), put_off=emissions(controller.keeper.put_off),
        unsaved=UnsavedSession(controller),
    )  # fmt: skip


def test_what_is_restored_within_the_tour_leaves_it_and_is_work(desk: Any) -> None:
    desk.controller.lessons.open_tour()
    assert desk.controller.lessons.is_held
    desk.keeper.restore(desk.file)
    desk.fetching.answer()
    assert not desk.controller.lessons.is_held
    assert desk.keeper.unsaved_words == "what you chose"
    assert desk.keeper.saver.file is None
    # In a lesson that is begun afterwards it stays work.
    desk.controller.lessons.open_tour()
    assert desk.keeper.unsaved_words == "what you chose"
    desk.controller.shut_down()


def test_so_does_a_session_that_is_opened(desk: Any) -> None:
    desk.controller.lessons.open_tour()
    desk.keeper.open(desk.file)
    assert desk.controller.lessons.is_held, "what is on screen stays until it has been read"
    desk.fetching.answer()
    assert not desk.controller.lessons.is_held
    desk.controller.shut_down()


def test_what_is_chosen_in_a_session_that_was_opened_first_of_all_can_be_undone(desk: Any) -> None:
    desk.keeper.open(desk.file)
    desk.fetching.answer()
    session = desk.controller.session
    before = session.configuration.training.lam
    assert desk.window.last("undoing.show")[0][0] == "", "there was nothing before it"
    session.change("training.lam", 0.123)
    desk.window.undoing.undo_requested.emit()
    assert session.configuration.training.lam == before
    assert desk.window.last("undoing.show")[1][0].endswith("→ 0.123")
    desk.controller.shut_down()


def test_what_waits_for_its_data_is_put_off_under_the_name_of_its_data(desk: Any) -> None:
    away = desk.csv.with_name("away.csv")
    desk.csv.rename(away)
    desk.keeper.restore(desk.file)
    desk.fetching.answer()
    ((finding,),) = [values for name, values in desk.window.told if name == "sessions.show_finding"]
    assert finding.name == desk.csv.name
    assert desk.file.name not in finding.sentence
    assert (len(desk.put_off), desk.restored) == (1, [])
    # Where a person says that they are it is restored all the same, as work in no file.
    desk.window.sessions.data_file_chosen.emit(str(away))
    desk.fetching.answer()
    assert (desk.keeper.saver.file, desk.keeper.unsaved_words) == (None, "what you chose")
    desk.controller.shut_down()


def test_what_is_left_or_cancelled_is_put_off_and_what_is_damaged_is_not(desk: Any) -> None:
    heard: list[str] = []
    desk.csv.unlink()
    desk.unsaved.restore(desk.file, heard.append, lambda: heard.append("put off"))
    desk.fetching.answer()
    assert heard == ["put off"]
    desk.window.sessions.finding_left.emit()
    assert heard == ["put off", "put off", WITHOUT_DATA]
    heard.clear()
    desk.unsaved.restore(desk.file, heard.append, lambda: heard.append("put off"))
    desk.window.load_cancelled.emit()
    assert heard == ["put off", "Opening what was not saved was cancelled; what is on screen stays."]
    heard.clear()
    desk.unsaved.restore(desk.file, heard.append, lambda: heard.append("put off"))
    desk.keeper.open(desk.file)
    assert heard == ["put off", ANOTHER]
    heard.clear()
    # Nor is it damage of the session where its data cannot be unpacked.
    spoilt = DataError("it could not be unpacked.", file="small.csv")
    desk.unsaved.restore(desk.file, heard.append, lambda: heard.append("put off"))
    desk.fetching.failed.emit(desk.fetching.newest, spoilt)
    assert heard == ["put off", str(spoilt)]
    heard.clear()
    desk.file.write_bytes(b"PK no session")
    desk.unsaved.restore(desk.file, heard.append, lambda: heard.append("put off"))
    desk.fetching.answer()
    assert len(heard) == 1
    assert heard[0].startswith(desk.file.name)
    desk.controller.shut_down()


def test_layers_that_were_chosen_last_begin_in_the_place_of_the_run_before_and_it_is_restored(desk: Any) -> None:
    saved, wanted = read_session(desk.file), Architecture((5,), "tanh")
    write_session(desk.file, replace(saved, configuration=replace(saved.run.configuration, architecture=wanted)))
    desk.keeper.restore(desk.file)
    desk.fetching.answer()
    assert desk.restored == []
    run, session = desk.training.run, desk.controller.session
    assert session.configuration.architecture == wanted
    loaded = loaded_from(desk.csv, seed=1)
    desk.training.mailbox.offer(snapshot_of(loaded, wanted, session.configuration.training, 0, run=run))
    desk.clock.advance(100)
    assert desk.restored == [""]
    desk.controller.shut_down()


@pytest.mark.parametrize(("answer", "is_let_go"), [("discard", True), ("cancel", False)])
def test_a_person_lets_it_go_in_so_many_words(desk: Any, answer: str, is_let_go: bool) -> None:
    desk.keeper.restore(desk.file)
    desk.fetching.answer()
    desk.keeper.restored.emit("")
    assert not desk.unsaved.is_let_go
    desk.window.sessions.ask_at_closing = lambda _title, _work: answer
    assert desk.keeper.saver.may_close() is is_let_go
    assert desk.unsaved.is_let_go is is_let_go
    desk.controller.shut_down()


def test_while_a_run_begins_there_is_work_that_cannot_be_gathered_yet(desk: Any) -> None:
    assert not desk.unsaved.is_between, "nothing is on screen, and there is no work"
    desk.keeper.restore(desk.file)
    desk.fetching.answer()
    session, loaded = desk.controller.session, loaded_from(desk.csv, seed=1)

    def show() -> None:
        configuration = session.configuration
        snapshot = snapshot_of(loaded, configuration.architecture, configuration.training, 0, run=desk.training.run)
        desk.training.mailbox.offer(snapshot)
        desk.clock.advance(100)

    if desk.controller.moment() is None:
        show()
    assert not desk.unsaved.is_between
    assert desk.unsaved.mark is not None
    session.change("architecture.hidden", (7,))
    assert desk.controller.moment() is None
    assert desk.unsaved.is_between
    show()
    assert not desk.unsaved.is_between
    desk.controller.shut_down()


def show_model(desk: Any, step: int = 0) -> None:
    configuration, loaded = desk.controller.session.configuration, loaded_from(desk.csv, seed=1)
    run = desk.training.run
    desk.training.mailbox.offer(snapshot_of(loaded, configuration.architecture, configuration.training, step, run=run))
    desk.clock.advance(100)


def test_what_was_restored_can_be_undone_and_done_again(desk: Any) -> None:
    assert not desk.unsaved.is_undone
    desk.controller.open_file(str(desk.csv))
    desk.reading.answer()
    show_model(desk)
    heard: list[str] = []
    desk.unsaved.restore(desk.file, heard.append, lambda: None)
    desk.fetching.answer()
    desk.training.hand_over()
    if not heard:
        show_model(desk)
    assert (heard, desk.unsaved.is_undone) == ([""], False)
    # What a person does afterwards goes on from it.
    desk.controller.session.change("training.lam", 0.125)
    desk.controller.undoing.undo()
    assert not desk.unsaved.is_undone
    desk.controller.undoing.undo()
    desk.training.hand_over()
    assert desk.unsaved.is_undone
    # That file, if it is one, holds what was there before.
    desk.keeper.saver.saved.emit("other.regdesk")
    assert not desk.unsaved.is_let_go
    show_model(desk)
    desk.controller.undoing.redo()
    desk.training.hand_over()
    assert not desk.unsaved.is_undone
    desk.keeper.saver.saved.emit("restored.regdesk")
    assert desk.unsaved.is_let_go
    desk.controller.shut_down()


def test_its_title_is_of_the_model_that_is_written_and_not_of_the_one_on_screen(desk: Any) -> None:
    saved = read_session(desk.file).run.state
    assert saved is not None
    desk.keeper.restore(desk.file)
    desk.fetching.answer()
    if desk.controller.moment() is None:
        show_model(desk)
    titles: list[str] = []
    desk.unsaved.gather(lambda _kept, title: titles.append(title))
    (asked,) = (one for one in desk.training.asked if isinstance(one, StateWanted))
    order = np.arange(len(loaded_from(desk.csv, seed=1).dataset.split.train), dtype=np.int32)
    further = replace(saved.optimizer, steps=9000, epochs=4321, cursor=len(order) // 2, order=order)
    state = replace(saved, optimizer=further)
    desk.training.handed_over.emit(HandedOver(desk.training.run, asked.number, state, None))
    assert titles == [f"{desk.unsaved.name}, epoch 4,321.5"]
    desk.controller.shut_down()
