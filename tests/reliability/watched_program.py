"""The whole program in this process, watched: gaps of its event loop, Qt's words, errors that nobody has caught.

``run`` starts it as ``regdesk`` does, with its own handlers of errors and signals, and hands window and watch to the
script once the loop turns. A script runs it in a child whose environment is ``environment``: preferences, home and
temporary files are the child's own, the engine's cache is the machine's.
"""

from __future__ import annotations

import faulthandler
import json
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
TICK_MS = 10
NOTED_GAP_S = 0.2
MOST_GAPS, LONG_S = 300, 1.0
"""So many are noted, and all that kept the thread on a core for so long: thousands an hour on a busy machine would be
memory that a soak takes for the program's.
"""
SCHEDULE = Path("/proc/thread-self/schedstat")
UNSAID = (
    "propagateSizeHints", "This plugin does not support", "Mouse event occurs outside", "Keyboard event not accepted",
    "OpenType support missing",
)  # fmt: skip
"""What the platform without a screen says of every window, QTest of a click on what has just gone, and Qt of letters
that no font of the machine has."""


@dataclass(frozen=True)
class Gap:
    """The event loop stood still for ``seconds``; in ``waiting_s`` of it its thread was ready and had no core, and in
    ``busy_s`` it was on one.
    """

    seconds: float
    waiting_s: float
    during: str
    busy_s: float = 0.0


@dataclass
class Report:
    """What was seen; ``during`` is what the script was at."""

    gaps: list[Gap] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    n_ticks: int = 0

    def note(self, gap: Gap) -> None:
        """Of too many the shortest is forgotten."""
        self.gaps.append(gap)
        if len(self.gaps) > MOST_GAPS:
            busiest = self.busiest
            self.gaps.remove(min(self.gaps, key=lambda one: (one is busiest or one.busy_s > LONG_S, one.seconds)))

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Report:
        values = json.loads(text)
        return cls(**{**values, "gaps": [Gap(**one) for one in values["gaps"]]})

    @property
    def longest(self) -> Gap:
        return max(self.gaps, key=lambda gap: gap.seconds, default=Gap(0.0, 0.0, ""))

    @property
    def busiest(self) -> Gap:
        """The one of most processor time, which is the program's own doing however busy the machine is."""
        return max(self.gaps, key=lambda gap: gap.busy_s, default=Gap(0.0, 0.0, ""))


def waited_for_core_s() -> float:
    """How long this thread has stood ready and found no free core; 0 where the system does not tell."""
    try:
        return int(SCHEDULE.read_text().split()[1]) / 1e9
    except OSError:
        return 0.0


class Watch(logging.Handler):
    """Begun when the loop turns; ``during`` is set by the script to what it does."""

    def __init__(self, late_s: float) -> None:
        """A gap longer than ``late_s`` is told with all stacks on standard error, while it lasts."""
        super().__init__(logging.WARNING)
        self.report = Report()
        self.during = "start"
        self._late_s = late_s
        self._last_s = self._last_wait_s = self._last_busy_s = 0.0

    def begin(self, window: Any) -> None:
        from PySide6.QtCore import Qt, QTimer, qInstallMessageHandler

        self._note_now(time.monotonic(), waited_for_core_s(), time.thread_time())
        self._former = qInstallMessageHandler(self._on_qt_message)
        logging.getLogger("regdesk").addHandler(self)
        self._hook(sys, "excepthook", lambda given: given[1])
        self._hook(threading, "excepthook", lambda given: given[0].exc_value)
        self._hook(sys, "unraisablehook", lambda given: given[0].exc_value)
        self._ticker = QTimer(window)
        self._ticker.setTimerType(Qt.TimerType.PreciseTimer)
        self._ticker.timeout.connect(self._on_tick)
        self._ticker.start(TICK_MS)

    def _hook(self, owner: Any, name: str, error_of: Callable[[tuple[Any, ...]], object]) -> None:
        former = getattr(owner, name)

        def note(*given: Any) -> None:
            error = error_of(given)
            self.report.errors.append(f"{type(error).__name__}: {error} (during {self.during})")
            former(*given)

        setattr(owner, name, note)

    def _on_tick(self) -> None:
        now_s, wait_s, busy_s = time.monotonic(), waited_for_core_s(), time.thread_time()
        self.report.n_ticks += 1
        if now_s - self._last_s > NOTED_GAP_S:
            waited_s, worked_s = wait_s - self._last_wait_s, busy_s - self._last_busy_s
            self.report.note(Gap(now_s - self._last_s, waited_s, self.during, worked_s))
        self._note_now(now_s, wait_s, busy_s)
        if self._late_s:
            faulthandler.dump_traceback_later(self._late_s, file=sys.stderr)

    def _note_now(self, now_s: float, wait_s: float, busy_s: float) -> None:
        self._last_s, self._last_wait_s, self._last_busy_s = now_s, wait_s, busy_s

    def _on_qt_message(self, kind: Any, context: Any, message: str) -> None:
        if not message.startswith(UNSAID):
            self.report.words.append(f"{message} (during {self.during})")
        if self._former is not None:
            self._former(kind, context, message)

    def emit(self, record: logging.LogRecord) -> None:
        self.report.warnings.append(f"{record.name}: {record.getMessage()} (during {self.during})")


def run(
    arguments: list[str], begin: Callable[[Any, Any, Watch], None], report: Path | None = None, late_s: float = 0.0
) -> int:
    """The program of these arguments until its end; its status. ``begin(window, controller, watch)`` is called in the
    loop; what was seen is written to ``report``.
    """
    faulthandler.enable()
    faulthandler.register(signal.SIGUSR1)
    from PySide6.QtCore import QTimer

    from regdesk.desktop import program
    from regdesk.start import main

    build, watch = program.build, Watch(late_s)

    def build_and_watch(given: Any, **options: Any) -> Any:
        window, controller = build(given, **options)

        def on_loop() -> None:
            watch.begin(window)
            begin(window, controller, watch)

        QTimer.singleShot(0, window, on_loop)
        return window, controller

    program.build = build_and_watch  # type: ignore[assignment]
    sys.argv[1:] = arguments
    try:
        return main()
    finally:
        faulthandler.cancel_dump_traceback_later()
        if report is not None:
            report.write_text(watch.report.to_json(), encoding="utf-8")


def environment(folder: Path) -> dict[str, str]:
    """Of somebody whose files are all in ``folder``; compiled code alone is the machine's."""
    from regdesk.compiling.cache_folder import VARIABLE, user_cache_folder

    for name in ("home", "tmp", "runtime"):
        (folder / name).mkdir(exist_ok=True, mode=0o700)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "REGDESK_", "QT_"))}
    return kept | {
        "HOME": str(folder / "home"),
        "TMPDIR": str(folder / "tmp"),
        "XDG_RUNTIME_DIR": str(folder / "runtime"),
        VARIABLE: str(user_cache_folder()),
        "REGDESK_SETTINGS": str(folder / "settings.ini"),
        "REGDESK_TRACEBACK": "1",
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": str(ROOT),
    }
