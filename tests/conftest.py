"""What every test stands on: a platform without a screen, a filled engine cache, and the rules of the house.

The rules: a test fails that leaves a thread, a timer, a window or a child process behind, that makes Qt say a word, or
in which the program warns in its log (``expected_warnings`` is for those that are about a warning).
Exceptions in slots, threads and paint events fail it by way of pytest-qt and pytest; ``test_house_rules`` proves it.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings
from pytestqt.qtbot import QtBot

from regdesk.compiling import child, engine_cache

# None of the imports above loads Qt, numpy or numba, which read these when they are loaded.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
for _library in ("OMP", "OPENBLAS", "MKL"):
    os.environ[f"{_library}_NUM_THREADS"] = "1"
# Words and numbers are compared as they are written for everyone.
os.environ.pop("REGDESK_TRACEBACK", None)
# No test, and no child of one, reads or writes the settings of whoever runs it.
os.environ["REGDESK_SETTINGS"] = ""
# Whoever runs tests in the background of a shell has Ctrl-C ignored, and so would every child that is to answer it.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
engine_cache.prepare_cache_folder()
# Tests make objects faster than a program does: Python's 700 between two looks took a twentieth of the whole run.
gc.set_threshold(50_000, 20, 20)
# How long an example takes says more of the machine than of the program.
settings.register_profile("without a limit of time", deadline=None)
settings.load_profile("without a limit of time")
# As in the program: Python would make an entry among its threads for each of Qt's that notes something.
logging.logThreads = False
# pytest-qt gives up after 5 s, which a busy machine may need to start a child.
for _wait in (QtBot.waitUntil, QtBot.waitSignal, QtBot.waitExposed, QtBot.waitActive):
    _wait.__kwdefaults__["timeout"] = 30_000

if TYPE_CHECKING:
    from window_driver import WindowDriver

    MakeWindow = Callable[..., WindowDriver]


def pytest_configure(config: pytest.Config) -> None:
    """Before workers (pytest-xdist) begin, fill the engine's cache once, by a child for each core.

    They would compile the same pieces in the same order, each waiting for the other. Without workers a test compiles
    what it needs, so that one room's tests begin at once.
    """
    if not getattr(config.option, "numprocesses", None) or config.option.collectonly:
        return
    missing = [part for part in engine_cache.PARTS if not engine_cache.is_filled(part)]
    children = child.begin(missing) if missing else []
    ends = [threading.Event() for _ in children]
    for one, end in zip(children, ends, strict=True):
        one.listen(lambda part: None, lambda status, end=end: end.set())
    for end in ends:
        end.wait()


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    """Every worker (pytest-xdist) collects all tests. Every other one imports the later half of the files first, from
    the last on: what pytest writes of each, its assertions made to speak, is then there for the others, as theirs is
    for this one. Together that takes half the time.
    """
    number = getattr(session.config, "workerinput", {}).get("workerid", "gw0").removeprefix("gw")
    is_whole = session.config.args == session.config.getini("testpaths")
    if sys.dont_write_bytecode or not is_whole or int(number) % 2 == 0:
        return
    files = sorted(Path(__file__).parent.rglob("test_*.py"))
    for file in reversed(files[len(files) // 2 :]):
        sys.path.insert(0, str(file.parent))
        # Whatever is wrong with it is said when it is collected.
        with contextlib.suppress(Exception, pytest.skip.Exception):
            importlib.import_module(file.stem)


def pytest_collection_finish() -> None:
    """The tests themselves, some 16,000, live until the end: no look of the collector finds anything among them."""
    gc.freeze()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Each worker (pytest-xdist) has one part of the files from the beginning and then takes over half of what is left
    to the other, so that hardly any fixture of a module is made twice.
    """
    from xdist.scheduler import WorkStealingScheduling

    # "load" is what it does when nobody has said otherwise.
    return WorkStealingScheduling(config, log) if config.option.dist == "load" else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is marked ``full``, unless a mark is asked for (``-m``) or the case is named with its values."""
    if config.option.markexpr:
        return
    named = {argument.partition("::")[2] for argument in config.args}
    kept, left_out = [], []
    for item in items:
        is_extra = item.get_closest_marker("full") and item.nodeid.partition("::")[2] not in named
        (left_out if is_extra else kept).append(item)
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = kept


class _LogListener(logging.Handler):
    """Every line of the program's log is put together, as it would be to be read; warnings and worse are kept."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.warnings: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        sentence = record.getMessage()
        if record.levelno >= logging.WARNING:
            self.warnings.append(f"{record.name}: {sentence}")


@pytest.fixture(autouse=True)
def log_without_warnings(request: pytest.FixtureRequest) -> Iterator[list[str]]:
    """The warnings and errors in the program's log so far, as "regdesk.TOPIC: SENTENCE"; any fails a test that does
    not ask for ``expected_warnings``, and none at all fails one that does.
    """
    logger, listener = logging.getLogger("regdesk"), _LogListener()
    level = logger.level
    logger.setLevel(logging.INFO)
    logger.addHandler(listener)
    yield listener.warnings
    logger.removeHandler(listener)
    logger.setLevel(level)
    is_expected = "expected_warnings" in request.fixturenames
    if is_expected and not listener.warnings:
        pytest.fail("the test expects a warning in the log, and there was none", pytrace=False)
    if listener.warnings and not is_expected:
        pytest.fail(f"the log has warnings that nobody expects: {'; '.join(listener.warnings)}", pytrace=False)


@pytest.fixture
def expected_warnings(log_without_warnings: list[str]) -> list[str]:
    """The warnings and errors in the program's log so far, for a test that is about one."""
    return log_without_warnings


@pytest.fixture(scope="session")
def engine() -> None:
    """The compiled engine, in the cache and in this process."""
    for dtype in engine_cache.PARTS:
        engine_cache.fill(dtype)


def child_processes() -> set[str]:
    """This process's living children, as "command (pid)", without the one that forks others until all tests are over
    (see ``warm_processes``); empty where /proc does not tell.
    """
    found, own = set(), str(os.getpid()).encode()
    try:
        # Of most tests it is known at once: to look at every process of the machine takes 1 to 3 ms.
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except (AttributeError, ChildProcessError):
        # No child at all (or Windows, which has no /proc either).
        return found
    servers = getattr(sys.modules.get("warm_processes"), "SERVERS", ())
    # Bytes and no globbing, as this is done before and after every test of the window.
    for folder in os.scandir("/proc") if sys.platform == "linux" else ():
        if not folder.name.isdigit():
            continue
        try:
            name, _, rest = Path(folder.path, "stat").read_bytes().partition(b"(")[2].rpartition(b")")
        except OSError:
            continue
        state, parent = rest.split(maxsplit=2)[:2]
        if parent == own and state != b"Z" and int(folder.name) not in servers:
            found.add(f"{os.fsdecode(name)} ({folder.name})")
    return found


def _kinds(kind: type) -> set[type]:
    return {kind}.union(*map(_kinds, kind.__subclasses__()))


def _alive(*kinds: type) -> list[Any]:
    """Python's living instances of Qt classes whose C++ part still exists."""
    import shiboken6

    # By the type itself: to ask 180,000 objects with issubclass took half the time of all tests of the window.
    wanted = set().union(*map(_kinds, kinds))
    return [one for one in gc.get_objects() if type(one) in wanted and shiboken6.isValid(one)]


SOON_MS = 100
"""A timer that fires once and within this time is none that somebody has forgotten to stop."""


def _let_fire(timers: list[Any]) -> None:
    """Wait for those that fire once and soon: a test may end between what starts one and its end."""
    import shiboken6
    from PySide6.QtTest import QTest

    soon = [one for one in timers if one.isActive() and one.isSingleShot() and one.interval() <= SOON_MS]
    # One that starts itself again and again is not waited for.
    end_s = time.monotonic() + 1
    while any(shiboken6.isValid(one) and one.isActive() for one in soon) and time.monotonic() < end_s:
        QTest.qWait(5)


def _qt_leftovers() -> dict[str, set[str]]:
    import shiboken6
    from PySide6.QtCore import QThread, QTimer
    from PySide6.QtWidgets import QApplication

    alive = _alive(QThread, QTimer)
    _let_fire([one for one in alive if isinstance(one, QTimer)])
    alive = [one for one in alive if shiboken6.isValid(one)]
    return {
        "a running QThread": {
            f"{type(one).__name__} '{one.objectName()}'"
            for one in alive
            if isinstance(one, QThread) and one.isRunning()
        },
        "an active QTimer": {
            f"QTimer '{one.objectName()}' of {one.parent()} every {one.interval()} ms"
            for one in alive
            if isinstance(one, QTimer) and one.isActive()
        },
        "a top-level window": {
            f"{type(one).__name__} '{one.objectName()}'" for one in QApplication.topLevelWidgets() if one.isVisible()
        },
    }


def leftovers() -> dict[str, set[str]]:
    """What is alive now and should not outlive a test, by kind."""
    found = {
        "a Python thread": {f"{one.name}" for one in threading.enumerate()},
        "a child process": child_processes(),
    }
    if "PySide6.QtWidgets" in sys.modules:
        found |= _qt_leftovers()
    return found


def complain(before: dict[str, set[str]], after: dict[str, set[str]]) -> None:
    """Fail and name what ``after`` has and ``before`` had not."""
    found = [
        f"{kind}: {', '.join(sorted(names - before.get(kind, set())))}"
        for kind, names in after.items()
        if names - before.get(kind, set())
    ]
    if found:
        pytest.fail("the test has left behind " + "; ".join(found), pytrace=False)


_n_kept: list[int] = []
"""How many objects were kept from the collector before each test since it has seen all."""
MOST_KEPT, MOST_OF_A_TEST = 400_000, 50_000
"""A module of the tests of windows leaves 50,000, one of the tests of panels 5,000. Where a test finds more, another
has given back what was kept (``gc.unfreeze``).
"""


@pytest.fixture(scope="module", autouse=True)
def sees_all_again() -> Iterator[None]:
    """After the tests of some modules the collector sees what was kept from it (see ``leaves_nothing_behind``).

    To look at all there is takes 0.3 s and more: after each of a hundred modules that was half a minute. Even to have
    them counted by ``gc.get_freeze_count`` took 60 ms after each of six hundred.
    """
    yield
    if sum(_n_kept) > MOST_KEPT:
        _n_kept.clear()
        gc.unfreeze()
        gc.collect()
        # What is left now is not what the next test has made.
        gc.freeze()


_windows_before: list[str] = []
"""The last test, where it had a window."""


@pytest.fixture(autouse=True)
def leaves_nothing_behind(request: pytest.FixtureRequest) -> Iterator[dict[str, set[str]]]:
    """What was alive before; fails a test of the window, of Qt or of processes that leaves something running."""
    if not {"qapp", "qtbot", "make_window"} & set(request.fixturenames):
        yield {}
        return
    # What was there before is neither looked at nor collected again: of 400,000 objects, of which a window makes a
    # tenth, that took a fifth of all processor time of the tests of windows.
    # First goes what pytest has held of the last window until now: kept with the rest, it was 5,000 objects and 3 MB.
    if _windows_before:
        _windows_before.clear()
        gc.collect()
    _n_kept.append(min(len(gc.get_objects()), MOST_OF_A_TEST))
    gc.freeze()
    before = leftovers()
    yield before
    # Of a window it has been looked at while the window was still there, which takes a tenth of a second.
    if "make_window" not in request.fixturenames:
        complain(before, leftovers())


class _Words:
    """Qt's messages while the fixtures end, which pytest-qt does not hear."""

    def __init__(self) -> None:
        self.messages: list[str] = []

    def __call__(self, _kind: object, _context: object, message: str) -> None:
        if "propagateSizeHints" not in message:
            self.messages.append(message)


@pytest.fixture(autouse=True)
def controllers_end(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Left to Python's collector, a controller whose parts refer to its window can end the process (PySide6 6.10), in
    whatever test runs by then: ``tests/reliability/collected_child.py`` says why. Qt deletes them in their order. A
    whole window ends its own.
    """
    if "session" not in request.path.parts:
        yield
        return
    import shiboken6

    from regdesk.session.controller import Controller

    made: list[Controller] = []
    begin = Controller.__init__

    def noted(controller: Controller, *parts: Any, **others: Any) -> None:
        begin(controller, *parts, **others)
        made.append(controller)

    monkeypatch.setattr(Controller, "__init__", noted)
    yield
    for controller in made:
        if shiboken6.isValid(controller):
            shiboken6.delete(controller)


@pytest.fixture
def make_window(
    request: pytest.FixtureRequest,
    qtbot: Any,
    engine: None,
    leaves_nothing_behind: dict[str, set[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[MakeWindow]:
    """``make_window("--run", file)``: the window of that command line, in hands that click and type.

    At the end it is closed; what it leaves running then fails the test.
    """
    import shiboken6
    from calm_clock import CalmClock
    from PySide6.QtCore import QEvent, qInstallMessageHandler
    from PySide6.QtWidgets import QApplication
    from window_driver import WindowDriver

    from regdesk.cli.arguments import parse_window_arguments
    from regdesk.desktop.program import build
    from regdesk.session.live_model import LiveModel
    from regdesk.workers import gc_pacing

    made: list[WindowDriver] = []
    # A window would freeze what it is made of, which is to be looked at, and at its end unfreeze what was before it.
    monkeypatch.setattr(gc, "freeze", lambda: None)
    monkeypatch.setattr(gc, "unfreeze", lambda: None)
    # Nor is all of it looked at every ten seconds, as it is not frozen: it is when the window has been closed.
    monkeypatch.setattr(gc_pacing, "ALL_EVERY", 1_000_000)

    def make(*arguments: object) -> WindowDriver:
        clock = CalmClock()
        window, controller = build(parse_window_arguments([str(argument) for argument in arguments]), clock=clock)
        made.append(WindowDriver(window, controller, qtbot))
        clock.listen(made[-1].part(LiveModel))
        return made[-1]

    yield make
    words = _Words()
    previous = qInstallMessageHandler(words)
    try:
        for driver in made:
            if shiboken6.isValid(driver.window):
                driver.window.close()
        after = leftovers()
        for driver in made:
            driver.controller.shut_down()
            driver.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()
        # What is left of the window in Python goes now. Left for later, together with that of other windows, it has
        # crashed a collection in a test that knows nothing of windows (PySide6 6.10; seen in one run of three).
        made.clear()
        gc.collect()
        _windows_before.append(request.node.nodeid)
    finally:
        qInstallMessageHandler(previous)
    complain(leaves_nothing_behind, after)
    if words.messages:
        pytest.fail(f"Qt said, while the window closed: {words.messages}", pytrace=False)


@pytest.fixture
def set_text_scale(qapp: Any) -> Iterator[Callable[[float], None]]:
    """Text so many times its usual size, as from the system's settings."""
    usual = qapp.font()

    def set_scale(scale: float) -> None:
        font = qapp.font()
        font.setPointSizeF(scale * usual.pointSizeF())
        qapp.setFont(font)

    yield set_scale
    qapp.setFont(usual)
