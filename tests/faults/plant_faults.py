"""Plants small faults in the program, one at a time, and tells which of them the tests catch.

    python tests/faults/plant_faults.py [--seed 1] [--faults 80] [--workers 2] [--only ROOM] [--near] [--log FILE]

Faults are drawn by the seed from all rooms alike: a sign, a comparison, a constant, a dropped call; at most 12 of
them in compiled code, where each is compiled anew. For each the tests of its room run in a copy of the checkout, then
those of rooms that build on its file, then the house's and the whole stories, up to the first test that fails. A
fault that no test sees has escaped. What is known of a fault is kept in the log, so that a run that was ended goes on
where it stopped.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from fault_kinds import KINDS, Fault, faults_of

ROOT = Path(__file__).resolve().parents[2]
MOST_COMPILED = 12
COMPILED = "core/engine"
HANGS_S = 1800
"""A fault may make something wait for ever: what takes so long is taken for caught."""
MOST_TOLD = 6_000
"""Characters of what pytest said before it died."""
STORIES = ("tests/house", "tests/stories", "tests/desktop", "tests/cli")
"""What runs when the tests of a fault's own room have not seen it."""


@dataclass(frozen=True)
class Planted:
    """A fault in a file, named from the top of the checkout."""

    file: str
    fault: Fault

    @property
    def room(self) -> str:
        return room_of(self.file)

    def __str__(self) -> str:
        fault = self.fault
        return f"{self.file}:{fault.line} {fault.kind}: {_short(fault.old)} -> {_short(fault.new)}"


def room_of(file: str) -> str:
    """The folder of a file below regdesk/, or the name of one that stands at the top."""
    return "/".join(Path(file).parts[1:-1]) or Path(file).stem


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:59] + "…"


def _test_of(seen: str) -> str:
    return seen.split(" ", 1)[1]


@cache
def _faults_in(path: Path) -> list[Fault]:
    """Those of a source, found once for all seeds that draw some."""
    return faults_of(path.read_text(encoding="utf-8"))


def drawn_faults(seed: int, n_faults: int, only: str = "") -> list[Planted]:
    """Faults from every room in turn, of every kind that it has, the same for the same seed and sources."""
    chooser = random.Random(seed)
    by_room: dict[str, dict[str, list[Planted]]] = {}
    for path in sorted((ROOT / "regdesk").rglob("*.py")):
        file = path.relative_to(ROOT).as_posix()
        if not room_of(file).startswith(only):
            continue
        for fault in _faults_in(path):
            by_room.setdefault(room_of(file), {kind: [] for kind in KINDS})[fault.kind].append(Planted(file, fault))
    found: list[Planted] = []
    n_compiled = 0
    while len(found) < n_faults and by_room:
        # There are more rooms than faults: none is always among the last.
        for room in chooser.sample(sorted(by_room), len(by_room)):
            kinds = [kind for kind in KINDS if by_room[room][kind]]
            if not kinds or (room == COMPILED and n_compiled >= MOST_COMPILED):
                del by_room[room]
                continue
            choices = by_room[room][chooser.choice(kinds)]
            found.append(choices.pop(chooser.randrange(len(choices))))
            n_compiled += room == COMPILED
    return found[:n_faults]


def folders_of(room: str) -> list[str]:
    """The folders of tests that stand nearest to a room."""
    parts = room.split("/")
    while parts and not (ROOT / "tests" / Path(*parts)).is_dir():
        parts.pop()
    # What stands at the top starts and ends the program.
    return [f"tests/{'/'.join(parts)}"] if parts else ["tests/system"]


def neighbours_of(file: str) -> list[str]:
    """Test files that name the module ``file``, and the folders of tests of rooms with a file that does."""
    module = file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    package, _, name = module.rpartition(".")
    naming = re.compile(rf"\b{re.escape(module)}\b|from {re.escape(package)} import .*\b{name}\b")

    def names_it(path: Path) -> bool:
        source = path.read_text(encoding="utf-8")
        # What has none of these words need not be searched for both together.
        return name in source and package in source and naming.search(source) is not None

    tests = [
        path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "tests").rglob("test_*.py")) if names_it(path)
    ]
    for path in sorted((ROOT / "regdesk").rglob("*.py")):
        if names_it(path):
            tests += folders_of(room_of(path.relative_to(ROOT).as_posix()))
    return list(dict.fromkeys(tests))


class Copy:
    """A copy of the checkout in which one fault stands at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        kept = shutil.ignore_patterns(".git", ".venv", "__pycache__", ".pytest_cache", ".mypy_cache", ".ruff_cache")
        shutil.copytree(ROOT, folder, ignore=kept)

    def verdict(self, planted: Planted, only_near: bool) -> dict[str, Any]:
        """Whether the fault was caught, by which test, and how long that took; ``only_near`` leaves the stories out."""
        path = self.folder / planted.file
        source = path.read_text(encoding="utf-8")
        began_s = time.monotonic()
        path.write_text(planted.fault.planted(source), encoding="utf-8")
        try:
            known: list[str] = []
            seen = ""
            for tests in (folders_of(planted.room), neighbours_of(planted.file), () if only_near else STORIES):
                missing = [name for name in tests if not name.startswith(tuple(known))]
                seen = self._surely_seen_by(missing) if missing and not seen else seen
                known += missing
        finally:
            path.write_text(source, encoding="utf-8")
        return {"fault": str(planted), "caught_by": seen, "took_s": round(time.monotonic() - began_s, 1)}

    def _surely_seen_by(self, tests: Sequence[str]) -> str:
        """The first test that fails, and fails again by itself: one that failed by chance has seen nothing."""
        by_chance: list[str] = []
        while True:
            seen = self._seen_by([*tests, *(f"--deselect={one}" for one in by_chance)])
            if not seen.startswith("FAILED") or self._seen_by([_test_of(seen)]):
                return seen
            by_chance.append(_test_of(seen))
            print(f"failed once, and not again: {seen}", file=sys.stderr, flush=True)

    def _seen_by(self, tests: Sequence[str]) -> str:
        """The first test that fails; empty where none does."""
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "--no-header", *tests]
        environment = os.environ | {"PYTHONPATH": str(self.folder), "PYTHONDONTWRITEBYTECODE": "1"}
        process = subprocess.Popen(
            command, cwd=self.folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            start_new_session=True,
        )  # fmt: skip
        try:
            words, _ = process.communicate(timeout=HANGS_S)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            return f"no end within {HANGS_S} s"
        if process.returncode == 0:
            return ""
        failed = [line for line in words.splitlines() if line.startswith(("FAILED", "ERROR"))]
        if failed:
            return failed[0].split(" - ")[0]
        # No test has failed, and yet there is no good end: how it came to that is said on the standard error stream.
        print(f"pytest ended with status {process.returncode}:\n{words[-MOST_TOLD:]}", file=sys.stderr, flush=True)
        return f"status {process.returncode}"


def run(chosen: Sequence[Planted], log: Path, n_workers: int, only_near: bool) -> list[dict[str, Any]]:
    """The verdicts on all faults, those of the log taken from there; ``only_near`` keeps none of what is not caught."""
    known = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()] if log.exists() else []
    verdicts = {one["fault"]: one for one in known}
    missing = [one for one in chosen if str(one) not in verdicts]
    writing = threading.Lock()
    with tempfile.TemporaryDirectory(prefix="regdesk-faults-") as place:
        copies = [Copy(Path(place) / str(number)) for number in range(n_workers)]

        def judge(planted: Planted) -> None:
            with writing:
                copy = copies.pop()
            try:
                found = copy.verdict(planted, only_near)
            finally:
                with writing:
                    copies.append(copy)
            with writing:
                verdicts[found["fault"]] = found
                if found["caught_by"] or not only_near:
                    with log.open("a", encoding="utf-8") as file:
                        file.write(json.dumps(found, ensure_ascii=False) + "\n")
                print(f"{found['took_s']:7.1f} s  {found['caught_by'] or 'ESCAPED'}  {found['fault']}", flush=True)

        with ThreadPoolExecutor(n_workers) as executor:
            list(executor.map(judge, missing))
    return [verdicts[str(one)] for one in chosen]


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--faults", type=int, default=80)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--only", default="", help="faults of the rooms whose names begin so")
    parser.add_argument("--list", action="store_true", help="say what would be planted, and end")
    parser.add_argument("--near", action="store_true", help="leave what needs whole stories to a later run")
    parser.add_argument("--log", type=Path, default=Path("faults.jsonl"))
    options = parser.parse_args()
    chosen = drawn_faults(options.seed, options.faults, options.only)
    if options.list:
        print("\n".join(map(str, chosen)))
        return 0
    verdicts = run(chosen, options.log, options.workers, options.near)
    escaped = [one["fault"] for one in verdicts if not one["caught_by"]]
    n_caught = len(verdicts) - len(escaped)
    print(f"\n{n_caught} of {len(verdicts)} faults were caught ({100.0 * n_caught / max(len(verdicts), 1):.0f} %).")
    print("\n".join(f"escaped: {one}" for one in escaped))
    return 1 if escaped else 0


if __name__ == "__main__":
    sys.exit(main())
