"""Signals end the program with one sentence and 128 plus their number, whatever it is doing, and lose nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from covering import covered
from warm_processes import warm_run
from window_driver import write_sparse

from regdesk.desktop.preferences import PATH_VARIABLE
from regdesk.system import signals
from regdesk.system.signals import sentence_of

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there a process cannot be sent these signals")

ROOT = Path(__file__).resolve().parents[2]
ENDING = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP] if sys.platform != "win32" else []
SENDER = """
import os, sys
class Sender:
    def find_spec(self, name, path=None, target=None):
        if name == os.environ["SEND_AT"]:
            os.kill(os.getpid(), int(os.environ["SEND"]))
sys.meta_path.insert(0, Sender())
"""
"""Sends the process a signal at the moment at which it imports that module."""
BEGINNING_SENDER = """
import os, sys
class Sender:
    has_begun = False
    def find_spec(self, name, path=None, target=None):
        if name == "regdesk.start":
            self.has_begun = True
            for known in ("signal", os.environ["SEND_AT"]):
                sys.modules.pop(known, None)
        if self.has_begun and name == os.environ["SEND_AT"]:
            os.kill(os.getpid(), int(os.environ["SEND"]))
sys.meta_path.insert(0, Sender())
"""
"""The same, of modules that the program imports, whatever Python itself and its environment imported before.

With some files beside the packages Python imports ``enum`` before the program has begun, and without them as late as
on the way to it, where nobody but Python can answer a signal.
"""
DOORS = {
    "checkout": ["main.py"],
    "module": ["-m", "regdesk"],
    "installed": ["-c", "import sys; from regdesk.start import main; sys.exit(main())"],
}
WINDOW = """
import atexit, os, signal, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMessageBox, QWidget
from regdesk.desktop import program
from regdesk.start import main

moment, number = sys.argv.pop(1), int(sys.argv.pop(1))
# A terminal sends to all of its processes.
send = lambda: os.killpg(os.getpgid(0), number) if moment == "compiling" else os.kill(os.getpid(), number)
build = program.build
def build_and_send(arguments, **options):
    if moment == "building":
        send()
    window, controller = build(arguments, **options)
    if moment == "coming up":
        send()
    window.docks.docks[2].close_button.click()
    window.show_error = print
    def look():
        state = window.state()
        is_due = {
            "dialog": state["epoch"] > 5,
            "training": state["epoch"] > 5,
            "sweeping": state["epoch"] > 5 and window.is_sweeping,
            "compiling": state["status"].startswith("Preparing the training"),
        }
        if moment == "sweeping" and state["epoch"] > 5 and not window.is_sweeping:
            window.sweep_requested.emit()
        if is_due.get(moment):
            timer.stop()
            if moment == "dialog":
                # An event loop within the event loop.
                QTimer.singleShot(0, send)
                QMessageBox(QMessageBox.Icon.NoIcon, "", "?", QMessageBox.StandardButton.Ok, window).exec()
            elif moment == "compiling":
                QTimer.singleShot(500, send)
            else:
                send()
    timer = QTimer(window)
    timer.timeout.connect(look)
    timer.start(10)
    return window, controller
program.build = build_and_send
sys.exit(main())
"""
COMMAND = """
import os, signal, sys
from regdesk.cli import command_parts, headless, training_commands
from regdesk.start import main

moment, number = sys.argv.pop(1), int(sys.argv.pop(1))
def send(*_):
    os.kill(os.getpid(), number)
def before(owner, name):
    call = getattr(owner, name)
    def wrapped(*arguments, **named):
        send()
        return call(*arguments, **named)
    setattr(owner, name, wrapped)
class Thrown:
    def __del__(self):
        send()
        sum(range(1000))
if moment == "thrown away":
    # Where Python can raise nothing.
    read = command_parts.read_file
    def read_and_throw(*arguments):
        Thrown()
        return read(*arguments)
    command_parts.read_file = read_and_throw
elif moment == "atexit":
    import atexit
    atexit.register(send)
else:
    modules = [one for one in (headless, training_commands, command_parts) if hasattr(one, moment)]
    before(modules[0] if modules else command_parts.ProgressBar, moment)
sys.exit(main())
"""


def run(*command: str, timeout_s: float = 600, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=os.environ | environment, capture_output=True, text=True,
        encoding="utf-8", timeout=timeout_s, check=False, start_new_session=True,
    )  # fmt: skip


def run_warm(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return warm_run(*command, cwd=ROOT, env=os.environ | environment, start_new_session=True)


def told(number: int) -> tuple[int, str, str]:
    return 128 + number, "", f"regdesk: {sentence_of(number)}\n"


def outcome(done: subprocess.CompletedProcess[str]) -> tuple[int, str, str]:
    said = "".join(line for line in done.stderr.splitlines(keepends=True) if "propagateSizeHints" not in line)
    return done.returncode, done.stdout, said


def test_the_sentences() -> None:
    assert [sentence_of(number) for number in ENDING] == ["interrupted.", "ended by SIGTERM.", "ended by SIGHUP."]


@covered(
    door=DOORS,
    moment=[
        ("regdesk.app", []),
        ("argparse", ["fit", "nothing.csv"]),
        ("regdesk.cli.arguments", []),
        ("numpy", ["fit", "nothing.csv"]),
        ("numpy._core._multiarray_umath", ["inspect", "nothing.csv"]),
        ("PySide6.QtWidgets", []),
        ("pyqtgraph", []),
        ("regdesk.views.window.main_window", ["--run"]),
    ],
    number=ENDING[:2],
)
def test_while_it_is_imported(door: str, moment: tuple[str, list[str]], number: int, tmp_path: Path) -> None:
    module, arguments = moment
    (tmp_path / "sitecustomize.py").write_text(SENDER, encoding="utf-8")
    paths = os.pathsep.join(filter(None, (str(tmp_path), os.environ.get("PYTHONPATH"))))
    done = run(*DOORS[door], *arguments, PYTHONPATH=paths, SEND_AT=module, SEND=str(int(number)))
    assert outcome(done) == told(number)


@pytest.mark.parametrize("moment", ["regdesk.start", "regdesk.system.signals", "enum"])
@pytest.mark.parametrize("door", ["checkout", "module"])
def test_ctrl_c_before_the_program_has_begun(door: str, moment: str, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(BEGINNING_SENDER, encoding="utf-8")
    done = run(*DOORS[door], "samples", PYTHONPATH=str(tmp_path), SEND_AT=moment, SEND=str(int(signal.SIGINT)))
    assert outcome(done) == told(signal.SIGINT)


@pytest.mark.parametrize("number", ENDING)
@pytest.mark.parametrize("moment", ["building", "coming up", "training", "sweeping", "dialog"])
def test_the_window_closes_and_keeps_its_layout(moment: str, number: int, engine: None, tmp_path: Path) -> None:
    settings = tmp_path / "settings.ini"
    file = write_sparse(tmp_path / "data.csv")
    options = [str(file), "--hidden", "", "--run"]
    done = run_warm("-c", WINDOW, moment, str(int(number)), *options, **{PATH_VARIABLE: str(settings)})
    assert outcome(done) == told(number)
    assert "layout=" in settings.read_text(encoding="utf-8")
    # Neither a marker of a start that did not come up nor a lock.
    kept = tmp_path / "settings.ini.state"
    assert sorted(path.name for path in tmp_path.iterdir() if path != kept) == ["data.csv", "settings.ini"]
    # What a sweep has found by then is work, which is kept for the next start.
    assert not kept.exists() or (moment == "sweeping" and list(kept.rglob("session.regdesk")))


@pytest.mark.parametrize("number", [*ENDING[:1], *(pytest.param(one, marks=pytest.mark.full) for one in ENDING[1:2])])
def test_the_child_that_compiles_ends_too(number: int, tmp_path: Path) -> None:
    cache, mark = tmp_path / "cache", f"mark-{os.getpid()}-{number}"
    cache.mkdir()
    environment = {"NUMBA_CACHE_DIR": str(cache), "REGDESK_ENGINE_FOLDER": "", "REGDESK_TEST_MARK": mark}
    done = run("-c", WINDOW, "compiling", str(int(number)), **environment)
    assert outcome(done) == told(number)
    living = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if mark.encode() in (folder / "environ").read_bytes():
                living.append(folder.name)
        except OSError:
            continue
    assert living == []


def test_a_picture_is_given_up(engine: None, tmp_path: Path) -> None:
    picture = tmp_path / "picture.png"
    options = ["--screenshot", str(picture), "--after", "3600"]
    assert outcome(run_warm("-c", WINDOW, "training", str(int(signal.SIGTERM)), *options)) == told(signal.SIGTERM)
    assert not picture.exists()


@pytest.mark.parametrize("number", ENDING)
@pytest.mark.parametrize("moment", ["read_file", "prepare_dataset", "show", "fit_report", "thrown away"])
def test_a_fit_ends_with_a_sentence(moment: str, number: int, engine: None, tmp_path: Path) -> None:
    file = write_sparse(tmp_path / "data.csv")
    epochs = "1" if moment == "fit_report" else "1000000000"
    done = run_warm("-c", COMMAND, moment, str(int(number)), "fit", str(file), "--target", "y", "--epochs", epochs)
    assert outcome(done) == told(number)


@pytest.mark.parametrize("moment", ["read_file", "show", "sweep_record"])
def test_a_sweep_leaves_nothing_half_written(moment: str, engine: None, tmp_path: Path) -> None:
    file, out = write_sparse(tmp_path / "data.csv"), tmp_path / "out"
    options = ["--target", "y", "--hidden", "", "--out", str(out)]
    done = run_warm("-c", COMMAND, moment, str(int(signal.SIGTERM)), "sweep", str(file), *options)
    assert outcome(done) == told(signal.SIGTERM)
    assert not out.exists() or list(out.iterdir()) == []


@pytest.mark.parametrize(
    ("moment", "number"),
    [
        pytest.param(moment, number, marks=pytest.mark.full if (place + other) % 3 else ())
        for place, moment in enumerate(("shiboken6.Shiboken", "PySide6.support", "PySide6.QtGui", "pyqtgraph"))
        for other, number in enumerate(ENDING)
    ],
)
def test_while_a_sweep_imports_qt_the_numbers_are_kept(moment: str, number: int, engine: None, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(SENDER, encoding="utf-8")
    file, out = write_sparse(tmp_path / "data.csv"), tmp_path / "out"
    paths = os.pathsep.join(filter(None, (str(tmp_path), os.environ.get("PYTHONPATH"))))
    options = ["--target", "y", "--hidden", "", "--n-lambdas", "3", "--out", str(out)]
    done = run("main.py", "sweep", str(file), *options, PYTHONPATH=paths, SEND_AT=moment, SEND=str(int(number)))
    assert outcome(done) == told(number)
    assert sorted(path.name for path in out.iterdir()) == ["path.csv", "summary.json", "weights.csv"]


def test_a_held_signal_is_raised_once_and_at_the_end() -> None:
    reached = []

    def hold() -> None:
        with signals.held() as raise_noted:
            raise_noted()
            signal.raise_signal(signal.SIGINT)
            reached.append(1)
            with pytest.raises(KeyboardInterrupt):
                raise_noted()
            raise_noted()
            signal.raise_signal(signal.SIGINT)
            reached.append(2)

    with pytest.raises(KeyboardInterrupt):
        hold()
    assert reached == [1, 2]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@pytest.mark.parametrize("number", ENDING)
def test_at_the_very_end_what_was_done_counts(number: int, tmp_path: Path) -> None:
    done = run("-c", COMMAND, "atexit", str(int(number)), "samples", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("[")


def test_what_was_to_be_ignored_is_ignored(tmp_path: Path) -> None:
    # As ``nohup`` starts a program whose terminal will go.
    code = (
        "import signal, subprocess, sys; signal.signal(signal.SIGHUP, signal.SIG_IGN); "
        "sys.exit(subprocess.call(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", COMMAND, "samples", str(int(signal.SIGHUP)), "samples"]
    done = run("-c", code, *command)
    assert (done.returncode, done.stderr) == (0, "")
    assert "two-moons" in done.stdout
