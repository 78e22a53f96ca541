"""Whole programs in processes of their own: the first launch, the picture, and what is refused."""

from __future__ import annotations

import errno
import json
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from warm_processes import warm_run
from window_driver import write_sparse

from regdesk.compiling import engine_cache

ROOT = Path(__file__).resolve().parents[2]
FIRST_LAUNCH = """
import json, sys, time
sys.path.insert(0, sys.argv[1])
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from regdesk.app import create_window
window = create_window([sys.argv[2], "--run"])
application = QApplication.instance()
statuses, compiled_here, epochs = [], [], []
gaps, last = [], [time.monotonic()]
started = time.monotonic()
def compiled():
    kernels = sys.modules.get("regdesk.core.engine.kernels")
    calls = () if kernels is None else (kernels.train, kernels.measure, kernels.predict)
    return any(sum(one.stats.cache_misses.values()) for one in calls)
def tick():
    now = time.monotonic()
    state = window.state()
    if not state["epoch"]:
        gaps.append(now - last[0])
    last[0] = now
    if not statuses or statuses[-1] != state["status"]:
        statuses.append(state["status"])
        compiled_here.append(compiled())
    epochs.append(state["epoch"])
    if state["epoch"] > 20 or now - started > 900:
        timer.stop()
        window.close()
timer = QTimer()
timer.timeout.connect(tick)
timer.start(10)
assert window.isVisible()
application.exec()
print(json.dumps({"statuses": statuses, "compiled": compiled_here, "epoch": epochs[-1], "gaps": sorted(gaps)}))
"""


def run_child(*command: str, timeout_s: float = 1200, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", *command], cwd=ROOT, env=os.environ | environment, capture_output=True,
        text=True, encoding="utf-8", timeout=timeout_s, check=False,
    )  # fmt: skip


def run_warm(*command: str) -> subprocess.CompletedProcess[str]:
    return warm_run("-W", "error", *command, cwd=ROOT)


def without_propagate(stderr: str) -> str:
    return "\n".join(line for line in stderr.splitlines() if "propagateSizeHints" not in line)


@pytest.mark.parametrize("is_empty", [False, pytest.param(True, marks=pytest.mark.full)])
def test_first_launch_compiles_beside_the_window(is_empty: bool, engine: None, tmp_path: Path) -> None:
    whole = engine_cache.prepare_cache_folder()
    cache = tmp_path / "cache"
    cache.mkdir()
    if not is_empty:
        # All but what is compiled fastest, and the markers that say so: the suite itself begins with an empty one.
        left_out = shutil.ignore_patterns("*.ready", "*.lock", "kernels.predict-*")
        shutil.copytree(whole, cache / whole.name, ignore=left_out)
    file = write_sparse(tmp_path / "sparse.csv")
    done = run_child("-c", FIRST_LAUNCH, str(ROOT), str(file), NUMBA_CACHE_DIR=str(cache), REGDESK_ENGINE_FOLDER="")
    assert (done.returncode, without_propagate(done.stderr)) == (0, "")
    report = json.loads(done.stdout)
    preparing = [
        number for number, words in enumerate(report["statuses"]) if words.startswith("Preparing the training")
    ]
    training = [number for number, words in enumerate(report["statuses"]) if words.startswith("Training")]
    assert preparing
    assert preparing[-1] < training[0]
    # This process compiles nothing itself.
    assert not any(report["compiled"])
    assert report["epoch"] > 20
    # The window answers meanwhile: it is not what waits for the compiler.
    assert sum(gap for gap in report["gaps"] if gap > 0.25) < 0.2 * sum(report["gaps"])
    (folder,) = cache.iterdir()
    # The window was closed while the other dtype was compiled.
    marked = {path.name.partition(".")[0] for path in folder.glob("*.ready")}
    assert {*engine_cache.PIECES["float32"]} <= marked


@pytest.mark.skipif(os.name == "nt", reason="folders have no such permissions there")
def test_a_cache_that_cannot_be_written_is_replaced_and_removed(tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    # A file where the folder should be cannot be written into by anyone, root included.
    locked.write_text("")
    locked.chmod(stat.S_IRUSR)
    code = (
        "import os; from regdesk.compiling.engine_cache import prepare_cache_folder; folder = prepare_cache_folder(); "
        "assert folder.is_dir() and os.environ['NUMBA_CACHE_DIR'] == str(folder); "
        "assert prepare_cache_folder() == folder; print(folder)"
    )
    done = run_child("-c", code, NUMBA_CACHE_DIR=str(locked), REGDESK_ENGINE_FOLDER="")
    assert (done.returncode, done.stderr) == (0, "")
    folder = Path(done.stdout.strip())
    assert folder.name.startswith("regdesk-engine-")
    assert locked not in folder.parents
    assert not folder.exists()


@pytest.mark.parametrize("sample", ["noisy-curve", "sparse-truth", "two-moons"])
def test_screenshot(sample: str, engine: None, tmp_path: Path) -> None:
    picture = tmp_path / "picture.png"
    arguments = ["--sample", sample, "--screenshot", str(picture), "--after", "0.5"]
    told = ""
    if sample == "two-moons":
        picture.write_bytes(b"one that is there")
        told = f"regdesk: {picture}: the file that was there is replaced.\n"
    # The first in a process that starts from nothing.
    done = (run_child if sample == "noisy-curve" else run_warm)("-m", "regdesk", *arguments)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", told)
    image = QImage(str(picture))
    assert (image.width(), image.height()) == (1440, 900)
    made = json.loads(image.text("Comment"))
    assert image.text("Software") == f"regdesk {made['version']}"
    assert made["file"].endswith(f"{sample}.csv")
    assert {"command", "digest", "seed", "split"} <= made.keys()
    colours = {image.pixel(x, y) for x in range(0, 1440, 4) for y in range(0, 900, 4)}
    assert len(colours) > 50
    # The picture is of a model that has trained, not of an empty panel.
    panel = {image.pixel(x, y) for x in range(320, 880, 2) for y in range(120, 520, 2)}
    assert len(panel) > 10


@pytest.mark.parametrize(
    ("text", "arguments", "sentence"),
    [
        ("a,b,y\n1.5,2,3\n2.5,1\n", [], "regdesk: bad.csv, line 3: "),
        (None, [], "regdesk: bad.csv: "),
        ("a,y\n1.5,2.5\n2.5,3.5\n3.5,1.5\n", ["--target", "z"], "regdesk: bad.csv: "),
    ],
)
def test_a_screenshot_of_a_bad_file_is_a_sentence(
    text: str | None, arguments: list[str], sentence: str, engine: None, tmp_path: Path
) -> None:
    bad, picture = tmp_path / "bad.csv", tmp_path / "picture.png"
    if text is not None:
        bad.write_text(text, encoding="utf-8")
    done = run_warm("-m", "regdesk", str(bad), "--screenshot", str(picture), "--after", "0.1", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(sentence)
    assert done.stderr.count("\n") == 1
    assert not picture.exists()


def test_a_picture_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    picture = tmp_path / "no such folder" / "picture.png"
    # Looked at before the window is built, or this would take an hour.
    done = run_child("-m", "regdesk", "--screenshot", str(picture), "--after", "3600")
    assert (done.returncode, done.stdout) == (1, "")
    reason = os.strerror(errno.ENOENT)
    assert done.stderr == f"regdesk: {picture}: the picture could not be written there ({reason}).\n"


def test_a_picture_is_taken_at_once_and_the_program_ends_well(engine: None, tmp_path: Path) -> None:
    # Plots are still to be laid out then, which crashed the process when they were deleted with the interpreter.
    picture = tmp_path / "picture.png"
    done = run_child("-m", "regdesk", "--screenshot", str(picture), "--after", "0")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert picture.read_bytes().startswith(b"\x89PNG")


@pytest.mark.skipif(sys.platform == "win32", reason="a limit on the size of files is Unix's")
def test_a_picture_that_does_not_fit_leaves_the_old_one_whole(engine: None, tmp_path: Path) -> None:
    import resource

    picture = tmp_path / "picture.png"
    picture.write_bytes(b"the old one")
    least = (1_000, resource.RLIM_INFINITY)
    program = (
        "import resource, signal, sys, regdesk.desktop.program as desktop; from regdesk import app;"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); write = desktop.write_whole;"
        f"desktop.write_whole = lambda *a: (resource.setrlimit(resource.RLIMIT_FSIZE, {least}), write(*a));"
        f"sys.exit(app.main(['--screenshot', {str(picture)!r}, '--after', '0.1']))"
    )
    done = run_warm("-c", program)
    assert done.returncode == 1
    assert done.stderr == f"regdesk: {picture}: the picture could not be written there (File too large).\n"
    assert picture.read_bytes() == b"the old one"
    assert [path.name for path in tmp_path.iterdir()] == ["picture.png"]


def test_bad_usage_is_a_sentence() -> None:
    done = run_child("-m", "regdesk", "--sample", "nothing")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "two-moons" in done.stderr
