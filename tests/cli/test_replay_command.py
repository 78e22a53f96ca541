"""``regdesk replay`` and ``regdesk show`` of a session, and what takes a session for the model that it shows."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from recorded_sessions import recorded_session

from regdesk import api
from regdesk.cli import headless
from regdesk.data.sessions.saved_session import SavedSession
from regdesk.data.sessions.session_file import write_session


@pytest.fixture
def saved(tmp_path: Path, engine: None) -> SavedSession:
    return recorded_session(tmp_path)


def replayed(path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, Any]:
    status = headless.run(["replay", str(path), "--json"])
    said = capsys.readouterr()
    return status, json.loads(said.out) if said.out else said.err


@pytest.mark.parametrize("hidden", [(), (3, 2)])
@pytest.mark.parametrize("others", [{}, {"cells": (("3:a", "9.5"), ("25:y", "1.0")), "degree": 2}])
def test_a_session_comes_to_its_weights_again(
    tmp_path: Path, engine: None, capsys: pytest.CaptureFixture[str], hidden: tuple[int, ...], others: Any
) -> None:
    """Through two runs, of which the second goes on from a moment of the first; also of points that were moved."""
    saved = recorded_session(tmp_path, hidden, **others)
    write_session(tmp_path / "one.regdesk", saved)
    status, found = replayed(tmp_path / "one.regdesk", capsys)
    assert (status, found["equal"], found["problem"], found["departures"]) == (0, True, None, [])
    assert found["runs"] == [1, 2]
    assert found["steps"] == saved.run.state.step == 51
    assert found["weights_digest"] == found["replayed_digest"]
    assert headless.run(["replay", str(tmp_path / "one.regdesk")]) == 0
    assert "run 2, which goes on from 1, comes to the same weights again" in capsys.readouterr().out


def test_where_it_departs_is_said(saved: SavedSession, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, state = tmp_path / "one.regdesk", saved.run.state
    assert state is not None
    parameters = state.optimizer.parameters.copy()
    parameters[0] = np.nextafter(parameters[0], np.float32(9))
    rows = saved.run.history.rows.copy()
    rows[rows[:, 0] >= 40, 2] += 1e-9
    spoilt = replace(
        saved.run,
        state=replace(state, optimizer=replace(state.optimizer, parameters=parameters)),
        history=replace(saved.run.history, rows=rows),
    )
    write_session(path, replace(saved, run=spoilt))
    status, found = replayed(path, capsys)
    assert (status, found["equal"]) == (1, False)
    assert found["last_equal_step"] < 40 <= found["departures"][0]["step"]
    assert headless.run(["replay", str(path)]) == 1
    said = capsys.readouterr().out
    assert "does not come to the same weights" in said
    assert f"Up to step {found['last_equal_step']} the losses are the same." in said


def test_data_that_are_gone_or_changed_are_told_of(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], engine: None
) -> None:
    saved, path = recorded_session(tmp_path, embeds=True), tmp_path / "one.regdesk"
    file = tmp_path / "small.csv"
    content = file.read_text()
    write_session(path, saved)
    file.unlink()
    assert replayed(path, capsys)[0] == 0, "its data are in it"
    write_session(path, replace(saved, data=replace(saved.data, embedded={})))
    status, said = replayed(path, capsys)
    assert status == 2
    assert "not there any more" in said
    file.write_text(content.replace("1", "2", 3))
    status, said = replayed(path, capsys)
    assert status == 2
    assert "have changed" in said


def test_what_cannot_be_replayed_says_why(
    saved: SavedSession, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "one.regdesk"
    cut = replace(saved.timeline.acts[0], is_cut=True)
    for other, words in (
        (replace(saved, timeline=replace(saved.timeline, acts=(cut, *saved.timeline.acts[1:]))), "given up"),
        (replace(saved, run=replace(saved.run, number=9)), "no run 9"),
        (replace(saved, run=replace(saved.run, state=None)), "Nothing was trained"),
    ):
        write_session(path, other)
        status, found = replayed(path, capsys)
        assert (status, found["equal"]) == (1, False)
        assert words in found["problem"]


def test_show_tells_of_the_session_and_of_its_model(
    saved: SavedSession, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "one.regdesk"
    write_session(path, saved)
    assert headless.run(["show", str(path), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["target"] == "y"
    assert found["session"]["run"]["step"] == 51
    assert found["session"]["acts"]["weights"] == 1
    assert found["session"]["data"]["file"] == str(tmp_path / "small.csv")
    assert headless.run(["show", str(path)]) == 0
    said = capsys.readouterr().out
    assert "y by a network 3 tanh" in said
    assert "weights, by hand" in said


def test_a_session_is_taken_where_a_model_is(
    saved: SavedSession, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, file = tmp_path / "one.regdesk", tmp_path / "small.csv"
    write_session(path, saved)
    model = api.load(path)
    expected = saved.model.model.predictions
    assert expected is not None
    assert headless.run(["predict", str(path), str(file), "--json"]) == 0
    predictions = json.loads(capsys.readouterr().out)["predictions"]
    np.testing.assert_array_equal(np.array(predictions), np.asarray(model.predict(api.read(file))))
    assert headless.run(["export", str(path), "--to", "python"]) == 0
    assert "def " in capsys.readouterr().out
    assert headless.run(["report", str(path), "--out", str(tmp_path / "report.html")]) == 0
    assert (tmp_path / "report.html").stat().st_size > 1000
