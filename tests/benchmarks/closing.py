"""How long the window and the process stay after somebody has closed the window, whatever it is at.

    python tests/benchmarks/closing.py [--only WORD] [--repeat N] [--settle-ms MS]

Each is a run of the whole program in a process of its own (offscreen, 1440×900): at rest, training full batches of a
million rows, beside a network's sweep, and while children compile into an empty cache. Times are from the moment at
which ``QWidget.close`` is called, as a click on the title bar does, to the window being hidden and to the end of the
process as its parent sees it. Prints a Markdown table; the goal is a second for each.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from first_launch import ROOT, environment, write_data

N_REPEATS = 3
SETTLES_MS = 1500
MILLION = (1_000_000, 20)
SMALL = (2_000, 8)
RUN = ["--run", "--speed", "max"]
CASES: dict[str, tuple[str, tuple[int, int] | None, list[str]]] = {
    "at rest": ("warm", None, []),
    "training, full batch of 1,000,000 × 20": ("warm", MILLION, [*RUN, "--batch-size", "full"]),
    "a network's sweep beside training, 2,000 × 8": ("warm", SMALL, RUN),
    "children compile, empty cache": ("empty", None, RUN),
}


def run(title: str, settles_ms: int, arguments: list[str]) -> None:
    """The program, which closes its own window and prints when it did and when it was gone."""
    from PySide6.QtCore import QEvent, QObject, QTimer

    # As the program's own first lines have it: the cache is chosen for a process of its own.
    import regdesk.start  # noqa: F401
    from regdesk.app import main
    from regdesk.desktop import program
    from regdesk.session.workers import Workers

    build = program.build
    moments: list[float] = []

    class Gone(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Hide:
                moments.append(time.monotonic())
            return False

    def build_and_close(given: Any, **options: Any) -> Any:
        workers = Workers.for_a_window(given.configuration.training, None)
        window, controller = build(given, workers=workers, **options)
        window.resize(1440, 900)
        gone = Gone(window)
        begun: list[int] = []

        def close() -> None:
            window.installEventFilter(gone)
            moments.append(time.monotonic())
            window.close()
            print(json.dumps(moments), flush=True)

        def begin(frame: object = None) -> None:
            if begun:
                return
            begun.append(1)
            if "sweep" in title:
                window.commands.sweep.trigger()
            QTimer.singleShot(settles_ms, window, close)

        def step(frame: Any) -> None:
            if frame.snapshot.step:
                begin()

        if "train" in title:
            controller.frame_shown.connect(step)
        elif "children" in title:
            workers.engine.compiling.connect(begin)
        else:
            QTimer.singleShot(settles_ms, window, begin)
        return window, controller

    program.build = build_and_close
    raise SystemExit(main(arguments))


def measured(title: str, cache: str, file: Path | None, settles_ms: int, arguments: list[str]) -> tuple[float, float]:
    """Seconds until the window was hidden, and until the process had ended."""
    with tempfile.TemporaryDirectory() as name:
        own = environment(cache, Path(name)) | {"REGDESK_SETTINGS": ""}
        command = [sys.executable, __file__, "--title", title, "--settle-ms", str(settles_ms)]
        command += [*([str(file)] if file else []), *arguments]
        done = subprocess.run(command, env=own, capture_output=True, text=True, check=False)
        ended_s = time.monotonic()
    if done.returncode:
        raise RuntimeError(done.stderr)
    closed_s, gone_s = json.loads(done.stdout.splitlines()[-1])
    return gone_s - closed_s, ended_s - closed_s


def main(only: str, n_repeats: int, settles_ms: int) -> None:
    print("| closed | window gone, s | process ended, s (the longest) |")
    print("|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for title, (cache, size, arguments) in CASES.items():
            if only not in title:
                continue
            file = None
            if size is not None:
                file = Path(folder) / f"{size[0]}.csv"
                if not file.exists():
                    write_data(file, *size)
            found = [measured(title, cache, file, settles_ms, arguments) for _ in range(n_repeats)]
            gone_s, ended_s = (max(column) for column in zip(*found, strict=True))
            print(f"| {title} | {gone_s:.2f} | {ended_s:.2f} |", flush=True)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", metavar="WORD", help="cases whose title has this in it")
    parser.add_argument("--repeat", type=int, default=N_REPEATS)
    parser.add_argument("--settle-ms", type=int, default=SETTLES_MS, metavar="MS", help="before it is closed")
    parser.add_argument("--title", help=argparse.SUPPRESS)
    given, others = parser.parse_known_args()
    if given.title is not None:
        run(given.title, given.settle_ms, others)
    else:
        main(given.only, given.repeat, given.settle_ms)
