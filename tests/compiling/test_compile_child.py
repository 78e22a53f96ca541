"""The child that compiles ends with its parent, however that ends, and leaves nothing that a later launch trusts."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from regdesk.compiling import engine_cache
from regdesk.compiling.child import CompileChild
from regdesk.compiling.compiled_files import CODE, INDEX, UNFINISHED
from regdesk.data.files.file_locks import try_lock

ROOT = Path(__file__).resolve().parents[2]
PARENT = """
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from regdesk.workers.engine import EnginePreparation
def children():
    return [number for one in Path("/proc/self/task").glob("*/children") for number in one.read_text().split()]
application = QCoreApplication([])
preparation = EnginePreparation()
preparation.compiling.connect(lambda: print(*children(), sep="\\n", flush=True))
preparation.start("float32")
application.exec()
"""
pytestmark = pytest.mark.skipif(os.name == "nt", reason="no such signals and no /proc there")


def environment_of(folder: Path) -> dict[str, str]:
    return os.environ | {"NUMBA_CACHE_DIR": str(folder), "REGDESK_ENGINE_FOLDER": str(folder)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "engine"
    folder.mkdir()
    return folder


@pytest.fixture
def parent(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A process whose child fills ``folder``; it prints the child's number."""
    with subprocess.Popen(
        [sys.executable, "-c", PARENT], cwd=ROOT, env=environment_of(folder), stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True, start_new_session=True,
    ) as parent:  # fmt: skip
        try:
            yield parent
        finally:
            parent.kill()


@pytest.fixture
def child(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A child that fills ``folder`` for this process."""
    with subprocess.Popen(
        [sys.executable, *engine_cache.child_arguments(["float32"])], env=environment_of(folder), text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as child:  # fmt: skip
        try:
            yield child
        finally:
            child.kill()


def is_alive(number: int) -> bool:
    """Whether that process still runs; one that has ended and whom nobody has asked for its status does not."""
    try:
        if sys.platform == "linux":
            return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
        os.kill(number, 0)
    except (FileNotFoundError, ProcessLookupError):
        return False
    return True


def wait_until_it_compiles(folder: Path, qtbot: Any) -> None:
    """It holds that piece's lock from then on."""
    qtbot.waitUntil(lambda: (folder / "float32-steps.lock").exists())


def is_free(folder: Path) -> bool:
    """Whether all locks can be had. The system may take a moment longer for them than for the child's first thread."""
    import fcntl

    for path in folder.glob("*.lock"):
        with path.open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
    return True


def children_of(parent: subprocess.Popen[str]) -> list[int]:
    """All that it has started."""
    assert parent.stdout is not None
    return [int(parent.stdout.readline()) for _ in range(engine_cache.n_children())]


def assert_nothing_is_trusted(folder: Path, qtbot: Any) -> None:
    """No marker, and locks that others can have."""
    qtbot.waitUntil(lambda: is_free(folder))
    assert not list(folder.glob("*.ready"))


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM, signal.SIGABRT], ids=lambda end: end.name)
def test_it_ends_when_its_parent_does(end: signal.Signals, parent: subprocess.Popen[str], folder: Path, qtbot: Any):
    children = children_of(parent)
    assert all(map(is_alive, children))
    wait_until_it_compiles(folder, qtbot)
    parent.send_signal(end)
    assert parent.wait() == -end
    qtbot.waitUntil(lambda: not any(map(is_alive, children)))
    assert_nothing_is_trusted(folder, qtbot)


def test_it_ends_when_its_parent_does_while_it_starts(parent: subprocess.Popen[str], folder: Path, qtbot: Any):
    children = children_of(parent)
    parent.kill()
    parent.wait()
    qtbot.waitUntil(lambda: not any(map(is_alive, children)))
    assert not list(folder.glob("*.ready"))


def test_control_c_ends_both_without_a_word(parent: subprocess.Popen[str], folder: Path, qtbot: Any):
    """A terminal sends it to the whole group."""
    assert parent.stderr is not None
    children = children_of(parent)
    wait_until_it_compiles(folder, qtbot)
    os.killpg(parent.pid, signal.SIGINT)
    qtbot.waitUntil(lambda: not any(map(is_alive, children)))
    assert_nothing_is_trusted(folder, qtbot)


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda end: end.name)
def test_a_signal_ends_it_without_a_traceback(
    end: signal.Signals, child: subprocess.Popen[str], folder: Path, qtbot: Any
):
    wait_until_it_compiles(folder, qtbot)
    child.send_signal(end)
    out, errors = child.communicate()
    assert (child.returncode, out, errors) == (-end, "", "")
    assert_nothing_is_trusted(folder, qtbot)


def test_it_ends_with_its_standard_input_and_leaves_nothing_for_good(
    child: subprocess.Popen[str], folder: Path, qtbot: Any
):
    wait_until_it_compiles(folder, qtbot)
    # As one would that was ended while it wrote.
    (folder / f"half.nbi{UNFINISHED}").write_text("half")
    assert child.stdin is not None
    child.stdin.close()
    assert child.wait() == 1
    assert_nothing_is_trusted(folder, qtbot)


BEGINS = """
import sys
from regdesk import app
from regdesk.compiling import child
class Door:
    def find_spec(self, name, *_):
        if not name.startswith("regdesk.desktop"):
            return None
        begun = child.take_begun()
        print(len(begun), "PySide6" in sys.modules, *begun[0].parts[:1])
        for one in begun:
            one.stop()
        raise ImportError("enough")
sys.meta_path.insert(0, Door())
app.main(sys.argv[1:])
"""


@pytest.mark.parametrize(("hidden", "first"), [("4", "float32"), ("", "float64")])
def test_the_first_launch_ever_begins_before_qt_is_there(hidden: str, first: str, tmp_path: Path):
    own = os.environ | {"NUMBA_CACHE_DIR": str(tmp_path), "REGDESK_ENGINE_FOLDER": "", "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", BEGINS, "--hidden", hidden]
    done = subprocess.run(command, cwd=ROOT, env=own, capture_output=True, text=True, check=False)
    assert done.stdout.split() == [str(engine_cache.n_children()), "False", first]


def test_what_a_child_said_before_anybody_listened_is_heard(folder: Path, monkeypatch: pytest.MonkeyPatch, qtbot: Any):
    monkeypatch.setattr(engine_cache, "child_arguments", lambda parts: ["-c", f"print('{parts[0]}'); exit(3)"])
    child = CompileChild(["float32"])
    for thread in threading.enumerate():
        if thread.name == "compile child":
            thread.join()
    heard: list[object] = []
    child.listen(heard.append, heard.append)
    assert heard == ["float32", 3]
    child.stop()
    assert heard == ["float32", 3]


@pytest.fixture
def without_markers(engine: None, folder: Path) -> Path:
    """``folder`` with all code of the engine, but nothing says so."""
    for path in engine_cache.prepare_cache_folder().iterdir():
        if path.suffix in (INDEX, CODE):
            shutil.copy2(path, folder)
    return folder


@pytest.fixture
def turns(folder: Path) -> Iterator[ExitStack]:
    """Held as by as many children of another window as may compile at once, until they are closed."""
    with ExitStack() as stack:
        for number in range(engine_cache.n_children()):
            lock = stack.enter_context((folder / f"child-{number}.lock").open("a"))
            assert try_lock(lock.fileno())
        yield stack


def test_a_child_compiles_when_another_windows_children_have_ended(
    without_markers: Path, turns: ExitStack, child: subprocess.Popen[str]
) -> None:
    turns.close()
    assert child.stdout is not None
    assert child.stdout.read() == "float32\n"
    assert child.wait() == 0
    assert (without_markers / "float32-steps.lock").exists()


WAITS_ALOUD = """
import sys, time
sleep = time.sleep
def wait(seconds):
    print("waits", flush=True)
    sleep(seconds)
time.sleep = wait
from regdesk.compiling.engine_cache import fill_missing
fill_missing(sys.argv[1:])
"""
"""A child that says when it looks again."""


def test_while_enough_children_compile_another_only_says_what_is_ready(
    without_markers: Path, turns: ExitStack, tmp_path: Path
) -> None:
    whole = engine_cache.prepare_cache_folder()
    command = [sys.executable, "-c", WAITS_ALOUD, "float32"]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment_of(without_markers), stdout=subprocess.PIPE, text=True
    ) as waiting:
        try:
            assert waiting.stdout is not None
            assert waiting.stdout.readline() == "waits\n"
            for piece in engine_cache.PIECES["float32"]:
                for path in whole.glob(f"{piece}.*.ready"):
                    # Whole at once, as by whoever compiled it.
                    shutil.copy2(path, tmp_path / path.name)
                    (tmp_path / path.name).replace(without_markers / path.name)
            said = waiting.stdout.read().splitlines()
        finally:
            waiting.kill()
    assert [line for line in said if line != "waits"] == ["float32"]
    assert waiting.returncode == 0
    assert not list(without_markers.glob("float32-*.lock")), "it has looked at no piece to compile it"
