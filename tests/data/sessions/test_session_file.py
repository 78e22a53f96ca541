"""Session files: what comes back is what was written, to the last bit, or a sentence says why not."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from random_sessions import random_session, same

from regdesk.core.training.trainer import Trainer
from regdesk.data.errors import DataError
from regdesk.data.files.model_file import model_parts, read_model, write_model
from regdesk.data.files.parted_file import Kind, parted_bytes
from regdesk.data.sessions.saved_session import SavedBranch, SavedSession
from regdesk.data.sessions.session_file import is_session_file, read_session, session_bytes, write_session

N_SESSIONS = 12
N_DAMAGED = 60


@pytest.fixture(scope="module")
def sessions(tmp_path_factory: pytest.TempPathFactory, engine: None) -> list[SavedSession]:
    folder = tmp_path_factory.mktemp("sessions")
    return [random_session(folder, seed) for seed in range(N_SESSIONS)]


def test_what_was_written_comes_back(sessions: list[SavedSession], tmp_path: Path) -> None:
    for number, saved in enumerate(sessions):
        path = tmp_path / f"{number}.regdesk"
        write_session(path, saved)
        back = read_session(path)
        assert same(replace(back, model=saved.model), saved), number
        assert same(back.model.model.parameters, saved.model.model.parameters)
        assert session_bytes(back) == path.read_bytes(), "the same session is the same bytes"
        assert is_session_file(path)
        # Whoever asks for a model is given that of the session.
        assert model_parts(read_model(path)) == model_parts(saved.model)


def test_a_run_goes_on_from_its_file_to_the_last_bit(sessions: list[SavedSession], tmp_path: Path) -> None:
    for saved in sessions:
        if saved.run.state is None or saved.run.state.settings is None:
            continue
        write_session(tmp_path / "one.regdesk", saved)
        back = read_session(tmp_path / "one.regdesk").run
        assert back.state is not None
        assert same(back.state, saved.run.state)
        # What one of two owners of an array changes is not changed for the other.
        arrays = [back.state.optimizer.parameters, back.state.optimizer.sound]
        assert not np.shares_memory(*arrays)


def damaged(content: bytes, generator: np.random.Generator) -> bytes:
    """Some bits flipped, or cut off, or a stretch of it repeated."""
    kind = generator.integers(4)
    if kind == 0:
        return content[: generator.integers(len(content))]
    if kind == 1:
        start, stop = np.sort(generator.integers(len(content), size=2))
        return content[:stop] + content[start:]
    found = bytearray(content)
    for _ in range(1 if kind == 2 else 5):
        found[generator.integers(len(found))] ^= 1 << int(generator.integers(8))
    return bytes(found)


def test_a_damaged_file_is_refused_with_a_sentence_or_equal(sessions: list[SavedSession], tmp_path: Path) -> None:
    generator = np.random.default_rng(3)
    path, refusals = tmp_path / "damaged.regdesk", []
    for number in range(N_DAMAGED):
        content = session_bytes(sessions[number % N_SESSIONS])
        path.write_bytes(damaged(content, generator))
        try:
            back = read_session(path)
        except DataError as problem:
            refusals.append(str(problem))
        else:
            assert session_bytes(back) == content
    assert len(refusals) > N_DAMAGED // 2
    assert all(one.startswith("damaged.regdesk: ") and one.endswith(".") for one in refusals)


def with_session(saved: SavedSession, change: Any) -> bytes:
    """The file with another ``session.json``, whose digest is as it should be."""
    parts = dict(zip(*unpacked(session_bytes(saved)), strict=True))
    parts.pop("manifest.json")
    record = json.loads(parts["session.json"])
    change(record)
    parts["session.json"] = json.dumps(record).encode()
    return parted_bytes(Kind("regdesk session", 1), "1.0", parts)


def unpacked(content: bytes) -> tuple[list[str], list[bytes]]:
    import io

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.namelist(), [archive.read(one) for one in archive.namelist()]


def spoils() -> dict[str, Any]:
    return {
        "no run": lambda one: one.pop("run"),
        "more": lambda one: one.update(evil=1),
        "a text": lambda one: one.update(n_changes="7"),
        "a truth": lambda one: one["run"].update(number=True),
        "a list": lambda one: one.update(run=[1]),
        "another array": lambda one: one["run"]["history"].update(rows=one["run"]["history"]["numbers"]),
        "no such part": lambda one: one["run"]["history"].update(rows={"array": "arrays/999.npy"}),
        "the manifest": lambda one: one["run"]["history"].update(rows={"array": "manifest.json"}),
        "a path": lambda one: one["run"]["history"].update(rows={"array": "../../etc/passwd"}),
        "out of bounds": lambda one: one["run"]["seen"]["settings"].update(learning_rate=1e9),
        "a broken timeline": lambda one: one["timeline"].update(acts=[{"kind": "settings"}]),
        "a stride of 0": lambda one: one["run"]["history"].update(stride=0),
        "other columns": lambda one: one["run"]["seen"].update(parameters=one["run"]["history"]["rows"]),
        "no digest": lambda one: one["data"].update(digest="../x"),
        "deep": lambda one: one["data"].update(embedded=[[[]]]),
    }


@pytest.mark.parametrize("name", list(spoils()))
def test_what_is_written_by_hand_is_looked_at(sessions: list[SavedSession], tmp_path: Path, name: str) -> None:
    path = tmp_path / "by hand.regdesk"
    path.write_bytes(with_session(sessions[2], lambda _record: None))
    assert same(read_session(path).run, sessions[2].run)
    path.write_bytes(with_session(sessions[2], spoils()[name]))
    with pytest.raises(DataError, match=r"the file is damaged \(.*\); nothing of it is used\.$"):
        read_session(path)


def test_files_of_other_kinds_and_later_versions_say_so(sessions: list[SavedSession], tmp_path: Path) -> None:
    saved, path = sessions[0], tmp_path / "one.regdesk"
    write_model(path, saved.model)
    assert not is_session_file(path)
    with pytest.raises(DataError, match=r"this is a model and no session: it has no timeline\.$"):
        read_session(path)
    parts = dict(zip(*unpacked(session_bytes(saved)), strict=True))
    parts.pop("manifest.json")
    path.write_bytes(parted_bytes(Kind("regdesk session", 2), "9.1", parts))
    assert is_session_file(path)
    for read in (read_session, read_model):
        with pytest.raises(DataError, match=r"written by regdesk 9\.1 in version 2 of .* newer regdesk opens it"):
            read(path)
    for content in (b"", b"a,b\n1,2\n", b"PK\3\4"):
        path.write_bytes(content)
        assert not is_session_file(path)
        with pytest.raises(DataError, match=r"\.$"):
            read_session(path)


def test_looks_that_were_buttons_once_are_settings_of_a_file_from_then(
    sessions: list[SavedSession], tmp_path: Path
) -> None:
    saved, path = sessions[0], tmp_path / "then.regdesk"
    down = {"priorButton": True, "resampleButton": False, "pathEventsButton": True, "logAxisButton": True, "odd": True}
    panels = {"histogramPanel": {"down": down}, "networkPanel": {"down": "no"}, "pathPanel": None}
    saved = replace(saved, look={"panels": panels})
    before = saved.configuration.view
    expected = replace(
        before, shows_prior=True, resamples=False, path=replace(before.path, lists_events=True)
    )  # fmt: skip

    def age(record: dict[str, Any]) -> None:
        """As it was written when these were no settings, and the logarithmic axis was one already."""
        for name in ("shows_prior", "resamples", "path"):
            del record["configuration"]["view"][name]

    path.write_bytes(with_session(saved, age))
    assert read_session(path).configuration.view == expected
    # A file of now says it in its settings.
    write_session(path, saved)
    assert read_session(path).configuration.view == before


def test_what_is_too_large_or_has_no_place_is_not_written(sessions: list[SavedSession], tmp_path: Path) -> None:
    many = replace(sessions[0], branches=(SavedBranch(sessions[1].run, 2.0),) * 3)
    with pytest.raises(DataError, match=r"the session could not be written there"):
        write_session(tmp_path / "nowhere" / "one.regdesk", many)
    wrong = replace(sessions[0], n_changes="many")
    with pytest.raises(DataError, match="n_changes"):
        write_session(tmp_path / "one.regdesk", wrong)
    assert not list(tmp_path.iterdir())


def test_a_restored_trainer_is_the_saved_one(sessions: list[SavedSession], tmp_path: Path) -> None:
    from session_fakes import loaded_from, write_small

    saved = sessions[5]
    assert saved.run.state is not None
    write_session(tmp_path / "one.regdesk", saved)
    back = read_session(tmp_path / "one.regdesk").run.state
    loaded = loaded_from(write_small(tmp_path), seed=5)
    trainers = [Trainer(loaded.dataset, saved.configuration.architecture, 1) for _ in range(2)]
    for trainer, state in zip(trainers, (saved.run.state, back), strict=True):
        trainer.restore(state)
        trainer.advance(state.settings, 31)
    assert same(*(one.state() for one in trainers))
