"""What happens when somebody does anything at all: random acts on the whole window while its model trains.

    python tests/reliability/monkey.py [--seeds 10] [--first 0] [--acts 2000] [--stacks S] [--keep FOLDER]

Each seed is a run of the whole program in a process of its own (offscreen): actions, controls, menus, dialogs, keys,
drags in plots, docks, files good and bad that are dropped, opened and rewritten; at the end the window is closed, by
its title bar, its action or SIGTERM. Prints a Markdown table, a row for each seed: uncaught errors, Qt's words,
warnings in the log, gaps of the event loop (of which the thread waited for a core), the act that kept the thread on a
processor for longest, and how it ended. For what went wrong the last acts go to standard error. ``--first 7 --seeds 1``
does seed 7 again.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import watched_program
from watched_program import ROOT, Report

PAUSES_MS = (0, 0, 5, 10, 30, 80)
LONGEST_END_S = 20.0
SILENCE_S = 120.0
N_LAST = 15
ENDS = ("close", "quit action", "SIGTERM")


def child(seed: int, n_acts: int, folder: Path, late_s: float) -> int:
    """The program under random hands; writes every act to ``journal.txt`` before it is done."""
    journal = (folder / "journal.txt").open("w", encoding="utf-8", buffering=1)

    def begin(window: Any, _controller: Any, watch: watched_program.Watch) -> None:
        from PySide6.QtCore import QTimer
        from random_files import answer_file_dialogs, write_files
        from random_hands import RandomHands

        def doing(text: str) -> None:
            watch.during = f"{state['number']} {text}"
            journal.write(f"{time.monotonic() - begun_s:8.2f} {watch.during}\n")

        files = write_files(folder / "files", ROOT / "resources" / "samples")
        begun_s, state = time.monotonic(), {"number": 0}
        hands = RandomHands(window, files, seed, doing)
        answer_file_dialogs(lambda: hands.generator, files, folder / "files", doing)

        def step() -> None:
            number = state["number"] = state["number"] + 1
            if number == n_acts + 1:
                end(ENDS[seed % len(ENDS)])
                return
            # Before the act: it may open a dialog that waits, in which the next acts are done.
            QTimer.singleShot(hands.generator.choice(PAUSES_MS), window, step)
            hands.act(number)

        def end(how: str) -> None:
            if not window.updatesEnabled():
                # A picture is taken: a person could not close it now, and nobody would answer what is asked.
                QTimer.singleShot(50, window, lambda: end(how))
                return
            doing(f"end: {how}")
            (folder / "ended").write_text(str(time.monotonic()))
            # Whatever is asked now, or is still open, is answered.
            QTimer.singleShot(50, window, answer)
            if how == "SIGTERM":
                os.kill(os.getpid(), signal.SIGTERM)
            elif how == "quit action":
                window.commands.quit.trigger()
            else:
                window.close()

        def answer() -> None:
            from PySide6.QtWidgets import QApplication

            QTimer.singleShot(50, window, answer)
            if QApplication.activePopupWidget() or QApplication.activeModalWidget():
                hands.act(state["number"])
            state["number"] += 1
            if state["number"] > n_acts + 1 + LONGEST_END_S / 0.05:
                return
            if window.isVisible() and state["number"] % 20 == 0:
                window.close()

        step()

    return watched_program.run(["--run", "--speed", "max"], begin, folder / "report.json", late_s)


def watched(seed: int, n_acts: int, folder: Path, late_s: float) -> tuple[int | str, float, Report | None]:
    """One child; its status or how it hung, seconds from the last act to its end, and what was seen."""
    command = [sys.executable, __file__, "--child", str(seed), "--acts", str(n_acts), "--stacks", str(late_s)]
    journal = folder / "journal.txt"
    with (folder / "words.txt").open("w") as words:
        own = watched_program.environment(folder)
        # A name that is typed into a field of a file is one below the folder that the program is in.
        process = subprocess.Popen(
            [*command, "--keep", str(folder)], env=own, cwd=folder / "home", stdout=words, stderr=words
        )
        changed_s, size = time.monotonic(), -1
        while process.poll() is None:
            time.sleep(0.02)
            now = journal.stat().st_size if journal.exists() else 0
            if now != size:
                changed_s, size = time.monotonic(), now
            if time.monotonic() - changed_s > SILENCE_S:
                process.send_signal(signal.SIGUSR1)
                time.sleep(2.0)
                process.kill()
                process.wait()
                return f"hung for {SILENCE_S:.0f} s, killed", SILENCE_S, None
    ended = folder / "ended"
    took_s = time.monotonic() - float(ended.read_text()) if ended.exists() else float("nan")
    report = folder / "report.json"
    return process.returncode, took_s, Report.from_json(report.read_text()) if report.exists() else None


def is_fault(report: Report | None, status: int | str) -> bool:
    return report is None or status not in (0, 128 + signal.SIGTERM) or bool(report.errors or report.words)


def print_row(seed: int, n_acts: int, status: int | str, took_s: float, report: Report | None) -> None:
    seen = report or Report()
    longest, busiest = seen.longest, seen.busiest
    print(
        f"| {seed} | {n_acts} | {len(seen.errors)} | {len(seen.words)} | {len(seen.warnings)} "
        f"| {sum(gap.busy_s > 1.0 for gap in seen.gaps)} | {longest.seconds:.2f} ({longest.waiting_s:.2f}) "
        f"| {busiest.busy_s:.2f}: {busiest.during} | {ENDS[seed % len(ENDS)]}: {status} | {took_s:.2f} |",
        flush=True,
    )


def tell(folder: Path, report: Report | None) -> None:
    """What went wrong, on standard error, after the last acts."""
    journal = folder / "journal.txt"
    lines = journal.read_text(encoding="utf-8").splitlines() if journal.exists() else []
    seen = report or Report()
    long_gaps = [f"gap {gap.seconds:.2f} s ({gap.waiting_s:.2f}, {gap.busy_s:.2f}): {gap.during}" for gap in seen.gaps]
    told = [*lines[-N_LAST:], *seen.errors, *seen.words, *seen.warnings, *long_gaps]
    tail = (folder / "words.txt").read_text(encoding="utf-8", errors="replace").splitlines()[-60:]
    print("\n".join([*told, *tail]), file=sys.stderr)


def main(given: argparse.Namespace) -> None:
    print(
        "| seed | acts | uncaught errors | Qt's words | warnings | gaps > 1 s on a processor "
        "| longest gap (waiting for a core), s | longest on a processor, s: during "
        "| ended by: status | from then to the end, s |"
    )
    print("|---" * 10 + "|")
    for seed in range(given.first, given.first + given.seeds):
        with tempfile.TemporaryDirectory(prefix="monkey-") as name:
            folder = (given.keep / str(seed)).resolve() if given.keep else Path(name)
            folder.mkdir(parents=True, exist_ok=True)
            status, took_s, report = watched(seed, given.acts, folder, given.stacks)
            print_row(seed, given.acts, status, took_s, report)
            if is_fault(report, status):
                tell(folder, report)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--first", type=int, default=0, metavar="SEED")
    parser.add_argument("--acts", type=int, default=2000)
    parser.add_argument(
        "--stacks", type=float, default=0.0, metavar="S", help="all stacks in a gap of that length; can end the process"
    )
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="journal, words and report of each seed")
    parser.add_argument("--child", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child is not None:
        raise SystemExit(child(given.child, given.acts, given.keep, given.stacks))
    main(given)
