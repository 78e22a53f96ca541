"""Whether the program ends at once, whenever it is closed: random moments of everything that takes long.

    python tests/reliability/closings.py [--times 100] [--seed 0] [--only WORD]

Each closing is a run of the whole program in a process of its own (offscreen): something is begun, and up to two
seconds later the window is closed as by its title bar, or by SIGTERM where a dialog holds the window. Time is taken
from that moment to the end of the process as its parent sees it. A question whether to save is answered with no.
Prints a Markdown table, a row for each thing begun; the goal is status 0 (143 of SIGTERM) within a second for each.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import watched_program
from watched_program import ROOT, Report

PATIENCE_S = 60.0
LONGEST_DELAY_MS = 2000
TRAINS = ["--run", "--speed", "max"]
LINEAR = ["--sample", "diabetes", "--hidden", "", "--penalty", "l1", *TRAINS]
LONG, MANY = "long.csv", "many.csv"
FILES = {LONG: (2_000, 8), MANY: (400_000, 10)}
"""Rows and inputs."""


def _named(window: Any, name: str) -> Any:
    from PySide6.QtCore import QObject

    found = window.findChild(QObject, name)
    if found is None:
        raise LookupError(f"the window has no {name}")
    return found


def _triggered(*names: str) -> Callable[[Any], None]:
    def begin(window: Any) -> None:
        for name in names:
            _named(window, name).trigger()

    return begin


def _hold_slider(window: Any) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    slider = _named(window, "lambdaSlider")
    QTest.mousePress(slider, Qt.MouseButton.LeftButton)
    for number in range(20):
        QTest.mouseMove(slider, slider.rect().center() + slider.rect().topLeft() * number)


def _hold_plot(window: Any) -> None:
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QGraphicsView

    view = window.data_fit.findChild(QGraphicsView).viewport()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=view.rect().center())
    for number in range(20):
        QTest.mouseMove(view, view.rect().center() + QPoint(number, number))


def _wait_in_menu(window: Any) -> None:
    from PySide6.QtWidgets import QMenu

    window.menuBar().findChildren(QMenu)[0].exec()


def _wait_in_question(window: Any) -> None:
    from PySide6.QtWidgets import QMessageBox

    QMessageBox.question(window, "regdesk", "A dialog that waits for an answer")


def _take_pictures(window: Any) -> None:
    from PySide6.QtWidgets import QPushButton

    _named(window, "picturesAction").trigger()
    _named(window, "pictures_all").setChecked(True)
    _named(window, "picturesFolderEdit").setText(str(Path.home()))
    next(one for one in window.findChildren(QPushButton) if one.objectName() == "picturesSaveButton").click()


def _replace_pictures(window: Any) -> None:
    (Path.home() / "dataFitPanel.png").write_text("")
    _take_pictures(window)


def _read(window: Any) -> None:
    window.choose_files([str(Path.cwd() / MANY)])


def _nothing(_window: Any) -> None:
    pass


SITUATIONS: dict[str, tuple[list[str], Callable[[Any], None]]] = {
    "at rest": ([], _nothing),
    "training": (TRAINS, _nothing),
    "first compile, empty cache": (TRAINS, _nothing),
    "reading 400,000 rows": (TRAINS, _read),
    "training 400,000 rows": ([MANY, "--target", "y", *TRAINS], _nothing),
    "sweep of a linear model": (LINEAR, _triggered("sweepAction")),
    "sweep of a network": ([LONG, "--target", "y", *TRAINS], _triggered("sweepAction")),
    "λ up and down": (TRAINS, _triggered("upAndDownAction")),
    "new seeds": (TRAINS, _triggered("newSeedAction", "newSeedAction", "newSeedAction")),
    "data dialog": (TRAINS, _triggered("dataAction")),
    "published results": (TRAINS, _triggered("publishedAction")),
    "dialogs of models": (LINEAR, _triggered("modelAction", "predictAction", "exportAction")),
    "pictures and tables": (LINEAR, _triggered("picturesAction", "tablesAction")),
    "pictures being taken, SIGTERM": (TRAINS, _take_pictures),
    "asked whether to replace, SIGTERM": (TRAINS, _replace_pictures),
    "lessons and explain": (TRAINS, _triggered("lessonsAction", "explainAction", "tourAction")),
    "lecture": (TRAINS, _triggered("lectureAction")),
    "λ held": (TRAINS, _hold_slider),
    "a plot held": (TRAINS, _hold_plot),
    "a menu open, SIGTERM": (TRAINS, _wait_in_menu),
    "a question open, SIGTERM": (TRAINS, _wait_in_question),
    "reading, SIGTERM": (TRAINS, _read),
}


def child(title: str, delay_ms: int, folder: Path) -> int:
    """The program, in which something is begun, and which then closes itself; the moment is written to ``closed``."""
    arguments, prepare = SITUATIONS[title]

    def begin(window: Any, controller: Any, watch: watched_program.Watch) -> None:
        from PySide6.QtCore import QTimer

        def close() -> None:
            watch.during = "closing"
            (folder / "closed").write_text(f"{time.monotonic()} {time.process_time()}")
            if "SIGTERM" in title:
                os.kill(os.getpid(), signal.SIGTERM)
            else:
                QTimer.singleShot(20, answer)
                window.close()

        def prepare_and_close() -> None:
            QTimer.singleShot(delay_ms, close)
            prepare(window)

        begun: list[int] = []

        def on_frame(frame: Any) -> None:
            if not begun and (frame.snapshot.step or "--run" not in arguments):
                begun.append(1)
                prepare_and_close()

        if "compile" in title or MANY in arguments:
            prepare_and_close()
        else:
            controller.frame_shown.connect(on_frame)

    def answer() -> None:
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QApplication, QMessageBox

        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            for button in box.buttons():
                if box.buttonRole(button) == QMessageBox.ButtonRole.DestructiveRole:
                    button.click()
                    return
        QTimer.singleShot(20, answer)

    return watched_program.run(arguments, begin, folder / "report.json")


def closed(title: str, delay_ms: int, files: Path) -> tuple[int | str, float, float, Report]:
    """Status, seconds from the closing to the end, those of them on a processor, and what was seen."""
    with tempfile.TemporaryDirectory(prefix="closing-") as name:
        folder = Path(name)
        own = watched_program.environment(folder)
        if "empty cache" in title:
            own = {key: value for key, value in own.items() if key != "NUMBA_CACHE_DIR"}
        command = [sys.executable, __file__, "--child", title, str(delay_ms), name]
        with (folder / "words.txt").open("w+") as words:
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            process = subprocess.Popen(command, env=own, cwd=files, stdout=words, stderr=words)
            try:
                status: int | str = process.wait(PATIENCE_S)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGUSR1)
                time.sleep(1.0)
                process.kill()
                status = "hung"
                process.wait()
            ended_s, used = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
            moment, report = folder / "closed", folder / "report.json"
            seen = Report.from_json(report.read_text()) if report.exists() else Report(errors=["no report"])
            if status != (143 if "SIGTERM" in title else 0) or seen.errors or seen.words:
                words.seek(0)
                told = [f"{title}, {delay_ms} ms: {status}", *seen.errors, *seen.words, words.read()[-6000:]]
                print("\n".join(told), file=sys.stderr)
        closed_s, before_s = map(float, moment.read_text().split()) if moment.exists() else (float("nan"),) * 2
    used_s = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime - before_s
    return status, ended_s - closed_s, used_s, seen


def main(given: argparse.Namespace) -> None:
    from random_files import write_rows

    titles = [title for title in SITUATIONS if given.only in title]
    generator = random.Random(given.seed)
    print(
        "| begun | closings | statuses | median, s | longest, s | most on a processor, s | over 1 s "
        "| errors, Qt's words |"
    )
    print("|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory(prefix="closings-") as name:
        for file, (n_rows, n_inputs) in FILES.items():
            if any(file in SITUATIONS[title][0] or SITUATIONS[title][1] is _read for title in titles):
                write_rows(Path(name) / file, n_rows, n_inputs)
        for number, title in enumerate(titles):
            n_times = given.times // len(titles) + (number < given.times % len(titles))
            found = [closed(title, generator.randrange(LONGEST_DELAY_MS), Path(name)) for _ in range(n_times)]
            if not found:
                continue
            times_s = sorted(one[1] for one in found)
            n_errors = sum(len(one[3].errors) for one in found), sum(len(one[3].words) for one in found)
            print(
                f"| {title} | {n_times} | {', '.join(sorted({str(one[0]) for one in found}))} "
                f"| {times_s[len(times_s) // 2]:.2f} | {times_s[-1]:.2f} | {max(one[2] for one in found):.2f} "
                f"| {sum(one > 1.0 for one in times_s)} "
                f"| {n_errors[0]}, {n_errors[1]} |",
                flush=True,
            )


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", default="", metavar="WORD", help="what has this in its name")
    parser.add_argument("--child", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child is not None:
        raise SystemExit(child(given.child[0], int(given.child[1]), Path(given.child[2])))
    main(given)
