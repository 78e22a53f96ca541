"""Folders of compiled code that nothing uses any more go; what is not surely ours, or is in use, stays as it is."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from regdesk.compiling import engine_cache
from regdesk.compiling.compiled_files import DAY_S, KEPT_DAYS, CompiledFiles
from regdesk.compiling.old_caches import FORMER_KEPT_DAYS, clear_old_caches

ROOT = Path(__file__).resolve().parents[2]
IN_USE = f"engine-{'0' * 16}"
OTHER = f"engine-{'1' * 16}"
OF_A_PATH = f"engine_{'a' * 40}"
FUNCTION, KEY = "kernels.train-20.py311", "c" * 64
posix = pytest.mark.skipif(os.name == "nt", reason="links need permission there")


def fill(folder: Path) -> None:
    """As this version does."""
    folder.mkdir(parents=True, exist_ok=True)
    files = CompiledFiles(folder, {"kernels": "text"})
    lock = files.open_lock("float32-steps.lock")
    assert lock is not None
    lock.close()
    files.write(FUNCTION, KEY, b"machine code")
    assert files.write_marker("float32-steps")
    (folder / f"{FUNCTION}.nbi.17-0123abcd.unfinished").write_bytes(b"half")


def fill_with_digests(folder: Path) -> None:
    """As versions did that kept digests, before code was kept by content."""
    folder.mkdir(parents=True)
    (folder / f"{FUNCTION}.nbi").write_text(f"{'d' * 64}  {KEY}\n{'e' * 64}  {KEY}\n")
    (folder / f"{FUNCTION}.{'d' * 16}.nbc").write_bytes(b"machine code")
    (folder / "float32.ready").write_text(f"{'f' * 64}\n{FUNCTION} {KEY}\n")
    (folder / "lock").touch()


def fill_by_path(folder: Path) -> None:
    """As numba itself does it."""
    (folder / OF_A_PATH).mkdir(parents=True)
    for name in (f"{FUNCTION}.nbi", f"{FUNCTION}.1.nbc", f"{FUNCTION}.2.nbc"):
        (folder / OF_A_PATH / name).write_bytes(b"pickle")


def fill_by_path_with_markers(folder: Path) -> None:
    fill_by_path(folder)
    (folder / "float32.ready").touch()
    (folder / "lock").touch()


def set_days_ago(folder: Path, n_days: float) -> None:
    moment_s = time.time() - n_days * DAY_S
    for path in [*folder.rglob("*"), folder]:
        os.utime(path, (moment_s, moment_s), follow_symlinks=False)


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else b"folder" for path in folder.rglob("*")
    }


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """With a folder in use that is old as well."""
    fill(tmp_path / "regdesk" / IN_USE)
    set_days_ago(tmp_path / "regdesk" / IN_USE, 2 * KEPT_DAYS)
    return tmp_path / "regdesk"


@pytest.mark.parametrize("former", [fill_with_digests, fill_by_path, fill_by_path_with_markers])
def test_what_was_kept_before_content_keys_goes(former: object, base: Path) -> None:
    assert callable(former)
    before = contents(base)
    former(base / OTHER)
    whole = contents(base)
    # Somebody may just be at work there.
    clear_old_caches(base / IN_USE)
    assert contents(base) == whole
    set_days_ago(base / OTHER, FORMER_KEPT_DAYS + 0.1)
    clear_old_caches(base / IN_USE)
    assert contents(base) == before


def test_what_numba_kept_by_paths_in_the_folder_in_use_goes(base: Path) -> None:
    before = contents(base)
    fill_by_path(base / IN_USE)
    set_days_ago(base / IN_USE, FORMER_KEPT_DAYS + 0.1)
    clear_old_caches(base / IN_USE)
    assert contents(base) == before


def test_another_fingerprint_goes_when_nothing_has_used_it_for_long(base: Path) -> None:
    before = contents(base)
    fill(base / OTHER)
    set_days_ago(base / OTHER, KEPT_DAYS - 0.1)
    whole = contents(base)
    clear_old_caches(base / IN_USE)
    assert contents(base) == whole
    # Looked at, as at a launch.
    set_days_ago(base / OTHER, KEPT_DAYS + 0.1)
    assert CompiledFiles(base / OTHER, {"kernels": "text"}).is_complete("float32-steps")
    clear_old_caches(base / IN_USE)
    assert contents(base) == whole
    set_days_ago(base / OTHER, KEPT_DAYS + 0.1)
    clear_old_caches(base / IN_USE)
    assert contents(base) == before


def test_empty_folders_go_when_they_are_old(base: Path) -> None:
    (base / OTHER).mkdir()
    clear_old_caches(base / IN_USE)
    assert (base / OTHER).is_dir()
    set_days_ago(base / OTHER, KEPT_DAYS + 0.1)
    clear_old_caches(base / IN_USE)
    assert not (base / OTHER).exists()


def test_what_is_not_surely_ours_stays(base: Path) -> None:
    """Files and folders with other names beside ours and in ours, whoever has put them there."""
    fill_by_path(base / OTHER)
    foreign = [
        base / "notes.txt", base / "engine-mine" / f"{FUNCTION}.nbi", base / f"engine-{'1' * 15}" / "float32.ready",
        base / OF_A_PATH / f"{FUNCTION}.nbi", base / f"other_{'a' * 40}" / f"{FUNCTION}.1.nbc",
        base / OTHER / "notes.txt", base / OTHER / "kernels.nbi", base / OTHER / "inner" / f"{FUNCTION}.nbi",
        base / OTHER / OF_A_PATH / "train.csv", base / OTHER / OF_A_PATH / "inner" / f"{FUNCTION}.1.nbc",
    ]  # fmt: skip
    for path in foreign:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("theirs")
    kept = {name: content for name, content in contents(base).items() if content != b"pickle"}
    set_days_ago(base, 2 * KEPT_DAYS)
    clear_old_caches(base / IN_USE)
    assert contents(base) == kept


@posix
def test_links_stay_and_nothing_is_removed_through_them(base: Path, tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    fill_by_path(theirs / "whole")
    fill_by_path(base / OTHER)
    (base / OTHER / OF_A_PATH / f"{FUNCTION}.3.nbc").symlink_to(theirs / "whole" / OF_A_PATH / f"{FUNCTION}.1.nbc")
    (base / OTHER / f"engine_{'b' * 40}").symlink_to(theirs / "whole" / OF_A_PATH)
    (base / f"engine-{'2' * 16}").symlink_to(theirs / "whole")
    (base / f"engine-{'3' * 16}").symlink_to(tmp_path / "nowhere")
    before = contents(theirs)
    set_days_ago(tmp_path, 2 * KEPT_DAYS)
    clear_old_caches(base / IN_USE)
    assert contents(theirs) == before
    links = sorted(path.name for path in base.rglob("*") if path.is_symlink())
    assert links == [f"engine-{'2' * 16}", f"engine-{'3' * 16}", f"engine_{'b' * 40}", f"{FUNCTION}.3.nbc"]
    assert [path.name for path in (base / OTHER / OF_A_PATH).iterdir()] == [f"{FUNCTION}.3.nbc"]


@pytest.mark.skipif(os.name == "nt", reason="locks are others there")
def test_a_folder_in_which_somebody_compiles_stays(base: Path) -> None:
    import fcntl

    fill(base / OTHER)
    set_days_ago(base / OTHER, KEPT_DAYS + 0.1)
    whole = contents(base)
    with (base / OTHER / "float32-steps.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        clear_old_caches(base / IN_USE)
        assert contents(base) == whole
    clear_old_caches(base / IN_USE)
    assert not (base / OTHER).exists()


def test_beside_an_unusual_folder_nothing_is_cleared(base: Path) -> None:
    fill_by_path(base / OTHER)
    set_days_ago(base / OTHER, 2 * KEPT_DAYS)
    whole = contents(base)
    clear_old_caches(base / "regdesk-engine-temporary")
    assert contents(base) == whole


def test_the_child_that_compiles_clears(tmp_path: Path) -> None:
    environment = os.environ | {"NUMBA_CACHE_DIR": str(tmp_path), "REGDESK_ENGINE_FOLDER": ""}
    fill_by_path(tmp_path / OTHER)
    (tmp_path / "notes.txt").touch()
    set_days_ago(tmp_path, 2)
    with subprocess.Popen(
        [sys.executable, *engine_cache.child_arguments([])], env=environment, cwd=ROOT, stdin=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True,
    ) as child:  # fmt: skip
        # While its input is open, its parent is there.
        assert child.stderr is not None
        assert child.stderr.read() == ""
    assert not (tmp_path / OTHER).exists()
    assert (tmp_path / "notes.txt").exists()
