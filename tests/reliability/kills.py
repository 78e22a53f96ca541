"""What is lost when the program is killed: SIGKILL at random moments, while sessions are written and restored.

    python tests/reliability/kills.py [--kills 200] [--first 0] [--interval 0.5] [--warm] [--keep FOLDER]

Each kill ends a run of the whole program (offscreen) in which something is chosen 25 times a second while the model
trains. Unsaved work is kept every ``--interval`` seconds in place of 30. With ``--warm`` runs are forked from a process
that has imported the program: four times as many in the same time (Linux). Ten runs in a row have one home: each is
offered what the one before has left, restores it, writes it again, to be compared with the file that was offered, and
goes on. Prints a Markdown table, a row for each kind of moment: how many session files were whole, how many starts
restored the newest equal to its file, and what was lost: the time from the first thing that no file holds to the kill.
The status is 1 where a file was damaged, a start restored something else or nothing, or more than the interval and 2 s
were lost that the window's thread did not wait for a core.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import watched_program
from killed_hands import AGAIN, HAND, Hands
from killed_homes import Found, difference, errors_in, found_in, journal_of, loss_of, progress_of
from watched_program import ROOT

KILLS_A_HOME = 10
ALLOWED_S, PATIENCE_S = 2.0, 120.0
MARKS_A_RUN = 10_000
ANY, KEPT, BY_HAND, TRAINING, RESTORING = (
    "any moment", "while work is kept", "while a session is saved by hand", "training, nothing chosen",
    "while it is restored",
)  # fmt: skip
KINDS = (ANY, KEPT, BY_HAND, TRAINING, RESTORING)
LONGEST_S = {ANY: 4.0, KEPT: 0.06, BY_HAND: 0.06, TRAINING: 3.0, RESTORING: 0.5}
"""A kill comes so long, at most, after what its kind waits for."""


def child(given: argparse.Namespace) -> int:
    journal = os.open(given.child / "journal.txt", os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o600)

    def begin(window: Any, controller: Any, _watch: watched_program.Watch) -> None:
        by_hand, chooses_once = given.kind == BY_HAND, given.kind == TRAINING
        hands = Hands(window, controller, given.child, journal, given.first_mark)
        hands.begin(is_offered=given.is_offered, saves=by_hand, chooses_once=chooses_once)

    return watched_program.run(["--run", "--speed", "max"], begin)


@dataclass
class Tally:
    """Of a kind of moments."""

    kills: int = 0
    files: int = 0
    in_writing: int = 0
    restored: int = 0
    to_restore: int = 0
    losses_s: list[tuple[float, float]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


AWAITED = {ANY: "loop", KEPT: "writes", BY_HAND: "saves", TRAINING: "chose", RESTORING: "restores"}


def awaits(kind: str, is_offered: bool) -> str:
    return "loop" if kind == RESTORING and not is_offered else AWAITED[kind]


def run_and_kill(
    folder: Path, kind: str, number: int, given: argparse.Namespace, is_offered: bool, until: str = ""
) -> float:
    """One run, ended at a moment of its kind, or after the line ``until`` of its journal; the time of the kill."""
    (folder / "journal.txt").unlink(missing_ok=True)
    (folder / AGAIN).unlink(missing_ok=True)
    chance = random.Random(number)
    own = watched_program.environment(folder) | {"REGDESK_AUTOSAVE_S": str(given.interval)}
    options = [f"--kind={kind}", f"--first-mark={number * MARKS_A_RUN}", *(["--is-offered"] if is_offered else [])]
    command = [sys.executable, __file__, "--child", str(folder), *options]
    awaited = until or awaits(kind, is_offered)
    n_awaited = chance.randrange(1, 8) if awaited in ("writes", "saves") else 1
    begin: Any = subprocess.Popen
    if given.warm:
        from warm_processes import WarmPopen as begin
    with (folder / "words.txt").open("w") as words:
        process = begin(command, env=own, stdout=words, stderr=words)
        begun_s = time.monotonic()
        while sum(line.act == awaited for line in journal_of(folder)) < n_awaited:
            if process.poll() is not None or time.monotonic() - begun_s > PATIENCE_S:
                break
            time.sleep(0.002)
        if not until:
            time.sleep(chance.uniform(0.0, LONGEST_S[kind]))
        process.send_signal(signal.SIGKILL)
        killed_s = time.monotonic()
        process.wait()
    return killed_s if process.returncode == -signal.SIGKILL else float("nan")


def check_restored(folder: Path, before: Found, tally: Tally) -> None:
    """Whether the run that was killed last has restored what ``before`` says it was offered, if it came so far."""
    from regdesk.data.sessions.session_file import read_session

    if before.offered is None:
        return
    words = [line.words for line in journal_of(folder)]
    refusals = [" ".join(one[1:]) for one in words if one[0] == "refused"]
    if refusals:
        tally.faults += refusals
    elif ("restored",) in words:
        tally.to_restore += 1
        other = difference(before.sessions[before.offered], read_session(folder / AGAIN))
        tally.restored += not other
        tally.faults += [f"restored with other {other}"] if other else []


def look_after_kill(folder: Path, kind: str, before: Found, killed_s: float, allowed_s: float, tally: Tally) -> Found:
    journal, after = journal_of(folder), found_in(folder)
    tally.kills += 1
    tally.files += len(after.sessions)
    tally.in_writing += any(folder.rglob(".regdesk-*.part"))
    tally.faults += after.damaged
    if killed_s != killed_s:
        tally.faults.append(f"it ended by itself: {(folder / 'words.txt').read_text()[-2000:]}")
        return after
    tally.faults += errors_in((folder / "words.txt").read_text(errors="replace"))
    lost_s, waited_s = loss_of(journal, after.newest, killed_s)
    tally.losses_s.append((lost_s, waited_s))
    if lost_s - waited_s > allowed_s:
        tally.faults.append(f"{lost_s:.2f} s lost ({waited_s:.2f} s without a core); newest {after.newest}")
    if after.newest < before.newest:
        tally.faults.append(f"{before.newest} was there before, and {after.newest} is now")
    hand = after.sessions.get(folder / HAND)
    if after.newest[0] >= 0 and (hand is None or progress_of(hand) < after.newest):
        offered = progress_of(after.sessions[after.offered]) if after.offered in after.sessions else None
        if offered != after.newest:
            tally.faults.append(f"{after.newest} is there, and {offered} is offered")
    return after


def chain(folder: Path, numbers: range, given: argparse.Namespace, tallies: dict[str, Tally]) -> None:
    """Kills of those numbers in one home, one after the other, and a start after the last."""
    (folder / "settings.ini").write_text("[General]\nis_begun=true\n")
    found, last = Found({}, [], None), KINDS[0]
    for number in numbers:
        kind = KINDS[number % len(KINDS)]
        # A session that was saved by hand is no offer; the run before that has left another.
        killed_s = run_and_kill(folder, kind, number, given, found.offered is not None)
        check_restored(folder, found, tallies[kind])
        n_faults = len(tallies[kind].faults)
        if given.keep:
            shutil.copy(folder / "journal.txt", folder / f"journal-{number}.txt")
        found = look_after_kill(folder, kind, found, killed_s, given.interval + ALLOWED_S, tallies[kind])
        for fault in tallies[kind].faults[n_faults:]:
            print(f"kill {number}, {kind}: {fault}", file=sys.stderr, flush=True)
        last = kind
    if found.offered is not None:
        run_and_kill(folder, last, numbers.stop, given, True, until="restored")
        check_restored(folder, found, tallies[last])


def main(given: argparse.Namespace) -> int:
    tallies = {kind: Tally() for kind in KINDS}
    for first in range(given.first, given.first + given.kills, KILLS_A_HOME):
        with tempfile.TemporaryDirectory(prefix="kills-") as name:
            folder = given.keep / str(first) if given.keep else Path(name)
            folder.mkdir(parents=True, exist_ok=True)
            numbers = range(first, min(first + KILLS_A_HOME, given.first + given.kills))
            chain(folder, numbers, given, tallies)
    print(
        "| killed | kills | files half written then | session files read | damaged, or something else wrong "
        "| restored equal by the next start | median lost, s "
        "| most lost, s (waiting for a core) | most lost without the waiting, s | allowed, s |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|")
    for kind, tally in tallies.items():
        losses_s = sorted(tally.losses_s) or [(0.0, 0.0)]
        print(
            f"| {kind} | {tally.kills} | {tally.in_writing} | {tally.files} | {len(tally.faults)} "
            f"| {tally.restored} of {tally.to_restore} | {losses_s[len(losses_s) // 2][0]:.2f} "
            f"| {losses_s[-1][0]:.2f} ({losses_s[-1][1]:.2f}) | {max(lost - waited for lost, waited in losses_s):.2f} "
            f"| {given.interval + ALLOWED_S:g} |"
        )
    return int(any(tally.faults for tally in tallies.values()))


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--first", type=int, default=0, metavar="NUMBER", help="of the first kill, which seeds it")
    parser.add_argument("--interval", type=float, default=0.5, metavar="S")
    parser.add_argument("--warm", action="store_true", help="fork the runs from a process that has imported all")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="homes, journals and what was said")
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--kind", choices=KINDS, help=argparse.SUPPRESS)
    parser.add_argument("--first-mark", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--is-offered", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    sys.exit(child(given) if given.child is not None else main(given))
