"""The real engine from a damaged cache: the same numbers, not a word, and whole again afterwards."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from warm_processes import WarmPopen
from window_driver import write_sparse

from regdesk.compiling import engine_cache
from regdesk.compiling.cache_folder import user_cache_folder, usual_folder
from regdesk.compiling.compiled_files import CompiledFiles
from regdesk.compiling.engine_sources import digests_of_sources
from regdesk.workers.engine import EnginePreparation

SMALL = "kernels.predict"
"""The part of float32 that is compiled fastest, in two seconds."""
LIMITED = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000)); "
FIT = "import sys; from regdesk.app import main; sys.exit(main(['fit', *sys.argv[1:]]))"


@pytest.fixture
def folder(engine: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the engine's folder, which this process and its children use."""
    folder = tmp_path / "engine"
    shutil.copytree(engine_cache.prepare_cache_folder(), folder)
    with monkeypatch.context() as patch:
        patch.setenv("NUMBA_CACHE_DIR", str(folder))
        patch.setenv("REGDESK_ENGINE_FOLDER", str(folder))
        assert engine_cache.prepare_cache_folder() == folder
        assert engine_cache.is_filled("float32")
        yield folder
    engine_cache.prepare_cache_folder()


def arguments_of(file: Path) -> list[str]:
    return [str(file), "--target", "y", "--epochs", "3", "--json"]


def start_fit(file: Path, before: str = "") -> subprocess.Popen[str]:
    """``regdesk fit`` after the statements ``before``. With ``LIMITED`` no file can grow, as on a disk that is full."""
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", before + FIT, *arguments_of(file)], stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def right_digest(file: Path) -> str:
    """That of the same fit by a process with the engine that there is."""
    return digest_of(WarmPopen(["-c", FIT, *arguments_of(file)], stdout=subprocess.PIPE, stderr=subprocess.PIPE))


def digest_of(fit: subprocess.Popen[str]) -> str:
    out, errors = fit.communicate(timeout=600)
    assert (fit.returncode, errors) == (0, "")
    digest = json.loads(out)["weights_digest"]
    assert isinstance(digest, str)
    return digest


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def damage(folder: Path, function: str, mend: Callable[[bytes], bytes], suffix: str = ".nbc") -> None:
    paths = list(folder.glob(f"{function}-*{suffix}"))
    assert paths
    for path in paths:
        path.write_bytes(mend(path.read_bytes()))


def flipped(content: bytes) -> bytes:
    """Every thousandth byte, machine code among them."""
    return bytes(byte ^ 0x11 if place % 1000 == 500 else byte for place, byte in enumerate(content))


def test_fits_on_a_damaged_cache_agree_with_those_before(folder: Path, tmp_path: Path) -> None:
    file = write_sparse(tmp_path / "sparse.csv")
    right = right_digest(file)
    damage(folder, SMALL, flipped)
    # One repairs it while the other waits, or loads what is there already.
    fits = [start_fit(file), start_fit(file)]
    assert [digest_of(fit) for fit in fits] == [right, right]
    assert engine_cache.is_filled("float32")
    before = contents(folder)
    assert digest_of(start_fit(file)) == right
    assert contents(folder) == before
    # An index that was begun, and a marker that nevertheless says that all is there.
    damage(folder, SMALL, lambda content: content[:40], ".nbi")
    assert not engine_cache.is_filled("float32")
    assert digest_of(start_fit(file)) == right
    assert engine_cache.is_filled("float32")


@pytest.mark.skipif(os.name == "nt", reason="no such limit there")
def test_a_fit_needs_no_disk_to_write_on(folder: Path, tmp_path: Path) -> None:
    file = write_sparse(tmp_path / "sparse.csv")
    right = right_digest(file)
    damage(folder, SMALL, lambda content: bytes(len(content)))
    assert digest_of(start_fit(file, LIMITED)) == right
    assert not engine_cache.is_filled("float32")
    assert not list(folder.glob("*.unfinished"))


def test_the_windows_child_compiles_what_was_damaged(folder: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_cache, "MOST_CHILDREN", 1)
    damage(folder, "plane_kernels.losses_at", flipped)
    assert not engine_cache.is_filled(engine_cache.PLANES)
    words: list[str] = []
    preparation = EnginePreparation()
    preparation.compiling.connect(lambda: words.append("compiling"))
    preparation.ready.connect(words.append)
    preparation.failed.connect(lambda: words.append("failed"))
    preparation.start("float32")
    try:
        qtbot.waitUntil(lambda: "failed" in words or {*engine_cache.PARTS} <= {*words}, timeout=300_000)
    finally:
        preparation.stop()
    assert words[0] == "float32"
    assert words.count("compiling") == 1
    assert sorted(word for word in words if word != "compiling") == sorted(engine_cache.PARTS)
    assert words.index("compiling") < words.index(engine_cache.PLANES)
    assert all(engine_cache.is_filled(part) for part in engine_cache.PARTS)


@pytest.mark.skipif(os.name == "nt", reason="no such limit there")
def test_a_child_that_cannot_keep_what_it_compiles_says_so(
    folder: Path, qtbot: Any, expected_warnings: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import resource

    # A second one would compile the same, and keep it no more.
    monkeypatch.setattr(engine_cache, "MOST_CHILDREN", 1)
    damage(folder, "plane_kernels.losses_at", flipped)
    words: list[str] = []
    preparation = EnginePreparation()
    preparation.compiling.connect(lambda: words.append("compiling"))
    preparation.ready.connect(words.append)
    preparation.failed.connect(lambda: words.append("failed"))
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        preparation.start("float32")
        qtbot.waitUntil(lambda: "compiling" in words)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    try:
        qtbot.waitUntil(lambda: "failed" in words, timeout=300_000)
    finally:
        preparation.stop()
    # The window compiles for itself then, and is told once.
    assert words.count("failed") == 1
    assert engine_cache.PLANES not in words
    assert all("No child could compile" in one for one in expected_warnings)


def environment(patch: pytest.MonkeyPatch, base: Path) -> None:
    patch.setenv("NUMBA_CACHE_DIR", str(base))
    patch.setenv("REGDESK_ENGINE_FOLDER", "")


@pytest.mark.parametrize("is_named", [True, False])
def test_where_folders_are_does_not_change_when_one_is_chosen(
    is_named: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        environment(patch, tmp_path)
        if not is_named:
            patch.setenv("NUMBA_CACHE_DIR", "")
            patch.setenv("XDG_CACHE_HOME", str(tmp_path))
            patch.setenv("LOCALAPPDATA", str(tmp_path))
            patch.setattr(Path, "home", lambda: tmp_path)
        before = user_cache_folder()
        folder = engine_cache.prepare_cache_folder()
        assert user_cache_folder() == before == folder.parent
        assert usual_folder() == folder
        # Chosen once more, as by a child that has lost half of what its parent said.
        patch.setenv("REGDESK_ENGINE_FOLDER", "")
        patch.setenv("NUMBA_CACHE_DIR", str(before))
        assert engine_cache.prepare_cache_folder() == folder
    engine_cache.prepare_cache_folder()


def test_a_file_in_the_place_of_the_folder_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        environment(patch, tmp_path)
        folder = engine_cache.prepare_cache_folder()
        folder.rmdir()
        folder.write_text("")
        environment(patch, tmp_path)
        assert engine_cache.prepare_cache_folder() == folder
        assert folder.is_dir()
    engine_cache.prepare_cache_folder()


def test_without_room_for_all_parts_a_temporary_folder_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)
    with monkeypatch.context() as patch:
        environment(patch, tmp_path)
        patch.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=2**20))
        patch.setattr("tempfile.tempdir", str(tmp_path))
        folder = engine_cache.prepare_cache_folder()
        assert engine_cache.is_temporary()
        assert folder.is_dir()
        environment(patch, tmp_path)
        (whole,) = tmp_path.glob("engine-*")
        files = CompiledFiles(whole, digests_of_sources())
        for piece in chain.from_iterable(engine_cache.PIECES.values()):
            files.marker_path(piece).touch()
        # Nothing has to be written any more.
        assert engine_cache.prepare_cache_folder() == whole
    engine_cache.prepare_cache_folder()


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "file"
    file.write_text("")
    with monkeypatch.context() as patch:
        environment(patch, file)
        patch.setattr("tempfile.tempdir", str(file))
        folder = engine_cache.prepare_cache_folder()
        assert engine_cache.is_temporary()
        assert not folder.exists()
        # It is not looked for again and again.
        assert engine_cache.prepare_cache_folder() == folder
        assert not engine_cache.is_filled("float32")
    engine_cache.prepare_cache_folder()
