"""How long a launch takes, and whether the window answers all the while: with no cache, none possible, two at once.

The first step is also given as a ratio to what importing numba and compiling an empty kernel takes, in a process of its
own just before: so a machine's speed cancels.

    python tests/benchmarks/first_launch.py [--only WORD] [--repeat N] [--seconds 10] [--late MS [--stacks]]

Each launch is a process of its own (offscreen, 1440×900, all panels painting, --run, speed max). A precise timer of
5 ms ticks in the GUI thread from the first paint until so many seconds after the first step; a gap is the time between
two ticks. Prints a Markdown table. With --late every longer gap goes to standard error, with --stacks also what each
thread did in it: faulthandler's own thread writes that, which needs no lock of the interpreter.
"""

from __future__ import annotations

import argparse
import faulthandler
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
TICK_MS = 5
PATIENCE_S = 600.0
SCHEDULE = Path("/proc/thread-self/schedstat")
BLOCK_ROWS = 20_000
EMPTY_KERNEL = """
import time
start = time.perf_counter()
import numba
numba.njit(lambda: None)()
print(time.perf_counter() - start)
"""
FILES = {"300k": (300_000, 10), "1M": (1_000_000, 20)}
SCENARIOS = (
    ("empty cache", "empty", None, 1),
    ("no folder can be written", "unwritable", None, 1),
    ("two at once, empty cache", "empty", None, 2),
    ("warm cache, first sample", "warm", None, 1),
    ("warm cache, 300,000 × 10", "warm", "300k", 1),
    ("empty cache, 300,000 × 10", "empty", "300k", 1),
    ("warm cache, 1,000,000 × 20", "warm", "1M", 1),
)


def write_data(path: Path, n_rows: int, n_inputs: int) -> None:
    """The same block of rows again and again: writing a million distinct ones takes a minute."""
    generator = np.random.default_rng(0)
    inputs = generator.normal(size=(BLOCK_ROWS, n_inputs))
    targets = np.sin(2 * inputs[:, 0]) + 0.3 * generator.normal(size=BLOCK_ROWS)
    rows = np.column_stack([inputs, targets])
    block = "".join(",".join(f"{cell:.6f}" for cell in row) + "\n" for row in rows.tolist())
    with path.open("w", encoding="utf-8") as file:
        file.write(",".join([*(f"x{column}" for column in range(n_inputs)), "y"]) + "\n")
        for _ in range(n_rows // BLOCK_ROWS):
            file.write(block)


def launch(
    arguments: list[str], begun_s: float, trains_s: float, late_ms: float, wants_stacks: bool
) -> dict[str, float]:
    """Show the window, let it train for ``trains_s``, and say when what happened.

    ``begun_s`` is when the process was started.
    """
    # As the program's own first lines have it.
    import regdesk.start  # noqa: F401
    from regdesk.cli.arguments import parse_window_arguments
    from regdesk.compiling.child import begin_if_new
    from regdesk.core.types import training_dtype

    parsed = parse_window_arguments([*arguments, "--run", "--speed", "max"])
    begin_if_new(training_dtype(parsed.configuration.architecture).name)

    from PySide6.QtCore import QEvent, QObject, Qt, QTimer
    from PySide6.QtWidgets import QApplication

    from regdesk.compiling import engine_cache
    from regdesk.desktop import program
    from regdesk.workers.engine import EnginePreparation

    ready_s: dict[str, float] = {}
    ticks: list[float] = []
    waited: list[float] = []
    first_step: list[float] = []

    class FirstPaint(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                watched.removeEventFilter(self)
                ticker.start(TICK_MS)
            return False

    def tick() -> None:
        ticks.append(time.monotonic())
        waited.append(waited_for_core_s())
        if wants_stacks:
            faulthandler.dump_traceback_later(late_ms / 1000, repeat=True, file=sys.stderr)
        is_over = first_step and ticks[-1] - first_step[0] > trains_s and len(ready_s) == len(engine_cache.PARTS)
        if is_over or ticks[-1] - ticks[0] > PATIENCE_S:
            faulthandler.cancel_dump_traceback_later()
            QApplication.exit()

    def show(frame: Any) -> None:
        if frame.snapshot.step and not first_step:
            first_step.append(time.monotonic())

    window, controller = program.build(parsed)
    window.findChild(EnginePreparation).ready.connect(lambda part: ready_s.setdefault(part, time.monotonic()))
    window.resize(1440, 900)
    ticker = QTimer(window)
    ticker.setTimerType(Qt.TimerType.PreciseTimer)
    ticker.timeout.connect(tick)
    first_paint = FirstPaint(window)
    window.installEventFilter(first_paint)
    controller.frame_shown.connect(show)
    QApplication.exec()
    window.close()
    gaps_ms, waits_ms = 1000 * np.diff(ticks), 1000 * np.diff(waited)
    is_training = np.array(ticks[1:]) > first_step[0]
    if late_ms:
        for number in np.flatnonzero(gaps_ms > late_ms):
            words = f"gap {gaps_ms[number]:.0f} ms, {waits_ms[number]:.0f} of it waiting for a core"
            print(f"{words}, {ticks[number] - begun_s:.2f} s after the start", file=sys.stderr)
    return {
        "first_paint_s": ticks[0] - begun_s,
        "first_step_s": first_step[0] - begun_s,
        "ready_s": max(ready_s.values()) - begun_s,
        "before_ms": float(gaps_ms[~is_training].max()),
        "during_ms": float(gaps_ms[is_training].max()),
        "largest_ms": float(gaps_ms.max()),
        "waited_ms": float(waits_ms[gaps_ms.argmax()]),
        "n_long": int(np.sum(gaps_ms > 50)),
    }


def waited_for_core_s() -> float:
    """How long this thread has stood ready and found no free core; 0 where the system does not tell."""
    try:
        return int(SCHEDULE.read_text().split()[1]) / 1e9
    except OSError:
        return 0.0


def environment(cache: str, folder: Path) -> dict[str, str]:
    """Of a person whose cache is ``warm``, ``empty`` or ``unwritable``; ``folder`` is this launch's own."""
    plain = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    if cache != "warm":
        plain = {
            name: value for name, value in plain.items() if name not in ("NUMBA_CACHE_DIR", "REGDESK_ENGINE_FOLDER")
        }
    temporary = folder / "tmp"
    temporary.mkdir(exist_ok=True)
    plain["TMPDIR"] = str(temporary)
    if cache == "empty":
        plain["XDG_CACHE_HOME"] = str(folder / "cache")
    if cache == "unwritable":
        # Below an ordinary file nobody can make a folder, root included.
        (folder / "home").write_text("")
        plain["HOME"] = str(folder / "home")
        plain["XDG_CACHE_HOME"] = str(folder / "home" / ".cache")
    return plain


def empty_kernel_s() -> float:
    """What importing numba and compiling a kernel that does nothing takes."""
    out = subprocess.run([sys.executable, "-c", EMPTY_KERNEL], capture_output=True, text=True, check=True).stdout
    return float(out)


def measured(cache: str, file: Path | None, n_at_once: int, watch: list[str]) -> Iterator[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        own = environment(cache, folder)
        children = []
        base_s = empty_kernel_s()
        for _ in range(n_at_once):
            command = [sys.executable, __file__, "--begun", str(time.monotonic()), *watch]
            command += ["--file", str(file)] if file else []
            children.append(subprocess.Popen(command, env=own, stdout=subprocess.PIPE, text=True))
        for child in children:
            out, _ = child.communicate(timeout=2 * PATIENCE_S)
            if child.returncode:
                raise RuntimeError(f"the window ended with {child.returncode}")
            yield json.loads(out.splitlines()[-1]) | {"base_s": base_s, "left": len(list((folder / "tmp").iterdir()))}


def main(only: str, n_repeats: int, watch: list[str]) -> None:
    print(
        "| launch | first paint, s | first step, s | from paint to step / empty kernel | all ready, s "
        "| largest gap before it, ms | after it, ms | of the larger, waiting for a core, ms | gaps > 50 ms "
        "| temporary folders left |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        files: dict[str, Path] = {}
        for title, cache, size, n_at_once in SCENARIOS:
            if only not in title:
                continue
            if size is not None and size not in files:
                files[size] = Path(folder) / f"{size}.csv"
                write_data(files[size], *FILES[size])
            for _ in range(n_repeats):
                for one in measured(cache, files[size] if size else None, n_at_once, watch):
                    ratio = (one["first_step_s"] - one["first_paint_s"]) / one["base_s"]
                    print(
                        f"| {title} | {one['first_paint_s']:.2f} | {one['first_step_s']:.1f} "
                        f"| {ratio:.1f} (of {one['base_s']:.2f} s) "
                        f"| {one['ready_s']:.0f} | {one['before_ms']:.0f} "
                        f"| {one['during_ms']:.0f} | {one['waited_ms']:.0f} | {one['n_long']} | {one['left']} |",
                        flush=True,
                    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", metavar="WORD", help="launches whose title has this in it")
    parser.add_argument("--repeat", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=10.0, metavar="S", help="after the first step (default 10)")
    parser.add_argument("--late", type=float, default=0.0, metavar="MS", help="name every gap that is longer")
    parser.add_argument("--stacks", action="store_true", help="and write all stacks then, which can end the process")
    parser.add_argument("--begun", type=float, help=argparse.SUPPRESS)
    parser.add_argument("--file", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.begun is not None:
        sys.path.insert(0, str(ROOT))
        files = [given.file] if given.file else []
        print(json.dumps(launch(files, given.begun, given.seconds, given.late, given.stacks)))
    else:
        watch = [f"--seconds={given.seconds}", f"--late={given.late}", *(["--stacks"] if given.stacks else [])]
        main(given.only, given.repeat, watch)
