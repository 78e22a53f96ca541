"""What is left where the disk is full, or cannot be written to, at any moment of writing.

    python tests/reliability/full_disk.py [--only WORD] [--most 400]

Every command that writes is run once to count its calls that can fail (open to write, mkdir, write, fsync, rename), and
then once for each of them, in which that call and all later ones fail: with "no space left", with "read-only", and with
"permission denied", which an administrator never hears of a folder. Each run is a fork of one process. Whole is what
has ended with a sentence that names what could not be written and a status other than 0, or with status 0 where nothing
of the command was lost; old files are then as they were, new ones whole or not there, and nothing else is left in the
folder. Prints a Markdown table.
"""

from __future__ import annotations

import argparse
import builtins
import contextlib
import errno
import io
import os
import shutil
import sys
import tempfile
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import watched_program
from watched_program import ROOT

FAULTS = {"no space left": errno.ENOSPC, "read-only": errno.EROFS, "not permitted": errno.EACCES}
Files = dict[str, bytes]
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT


@dataclass
class Injection:
    """From its call number ``at`` on everything fails that writes below ``folder``; None: it only counts."""

    folder: Path
    at: int | None
    code: int
    n_calls: int = 0
    descriptors: set[int] = field(default_factory=set)

    def install(self) -> None:
        self._wrap(os, "open", lambda path, flags, *_, **__: bool(flags & WRITES) and self._is_here(path))
        self._wrap(os, "mkdir", lambda path, *_, **__: self._is_here(path))
        for name in ("replace", "rename", "link"):
            self._wrap(os, name, lambda source, _target, **__: self._is_here(source))
        for name in ("write", "fsync"):
            self._wrap(os, name, lambda descriptor, *_: self._is_open_here(descriptor))
        for owner in (io, builtins):
            self._wrap(
                owner, "open", lambda file, mode="r", *_, **__: not set(mode).isdisjoint("wax+") and self._is_here(file)
            )

    def _wrap(self, owner: Any, name: str, concerns: Callable[..., bool]) -> None:
        former = getattr(owner, name)

        def call(*given: Any, **options: Any) -> Any:
            if concerns(*given, **options):
                self.n_calls += 1
                if self.at is not None and self.n_calls > self.at:
                    raise OSError(self.code, os.strerror(self.code))
            return former(*given, **options)

        setattr(owner, name, call)

    def _is_to_write(self, file: Any, mode: str = "r", *_: Any, **__: Any) -> bool:
        return not set(mode).isdisjoint("wax+") and self._is_here(file)

    def _is_here(self, path: Any) -> bool:
        if isinstance(path, int):
            return self._is_open_here(path)
        return Path(os.fsdecode(path)).absolute().is_relative_to(self.folder)

    def _is_open_here(self, descriptor: int) -> bool:
        with contextlib.suppress(OSError):
            return Path(f"/proc/self/fd/{descriptor}").readlink().is_relative_to(self.folder)
        return False


def commands(model: Path) -> dict[str, list[str]]:
    """What writes, by its name; every command writes below the folder it is in."""
    sample = str(ROOT / "resources" / "samples" / "diabetes.csv")
    data = [sample, "--target", "progression", "--hidden", "", "--penalty", "l1", "--lam", "0.1"]
    return {
        "fit --save": ["fit", *data, "--save", "new.regdesk"],
        "fit --save, again": ["fit", *data, "--save", "old.regdesk"],
        "predict --out": ["predict", str(model), sample, "--out", "new.csv"],
        "predict --out, again": ["predict", str(model), sample, "--out", "old.csv"],
        "export --out": ["export", str(model), "--to", "python", "--out", "new.py"],
        "export --to excel": ["export", str(model), "--to", "excel", "--out", "new.xlsx"],
        "report --out": ["report", str(model), "--out", "new.html"],
        "sweep --out": ["sweep", *data, "--n-lambdas", "5", "--out", "results"],
    }


def run(command: list[str], folder: Path, words: Path, at: int | None, code: int) -> tuple[int, int]:
    """In a fork: status, and how many calls could fail; what it says goes to ``words``."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        status = 70
        try:
            os.chdir(folder)
            out = os.open(words, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            os.dup2(out, 1)
            os.dup2(out, 2)
            injection = Injection(folder, at, code)
            injection.install()
            from regdesk.app import main as program

            try:
                status = program(command)
            except SystemExit as end:
                status = end.code if isinstance(end.code, int) else 70
            except BaseException:
                traceback.print_exc()
            sys.stdout.flush()
            os.close(read)
            with os.fdopen(write, "w") as answers:
                answers.write(str(injection.n_calls))
        finally:
            os._exit(status)
    os.close(write)
    with os.fdopen(read) as answers:
        n_calls = int(answers.read() or -1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), n_calls


def content_of(folder: Path) -> Files:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def faults_of(
    status: int, words: str, before: dict[str, bytes], after: dict[str, bytes], whole: dict[str, bytes]
) -> list[str]:
    """What is wrong with one run; ``whole`` is what it leaves where nothing fails."""
    found = []
    if "Traceback" in words or status == 70:
        found.append("a traceback")
    new = {name: content for name, content in after.items() if before.get(name) != content}
    cut = [name for name, content in new.items() if name not in whole or len(content) < 0.5 * len(whole[name])]
    if cut:
        found.append(f"half-written or left: {cut}")
    if set(before) - set(after):
        found.append(f"lost: {sorted(set(before) - set(after))}")
    is_all = set(whole) - set(before) <= set(after)
    if status == 0 and not is_all:
        found.append("status 0, and files are missing")
    if status != 0 and not words.strip():
        found.append("it says nothing")
    return found


def tried(title: str, command: list[str], old: Path, most: int) -> list[str]:
    """Cells of the rows of a command, a row for each fault."""
    rows = []
    with tempfile.TemporaryDirectory(prefix="full-") as name:
        words = Path(name) / "words.txt"

        def begin() -> Path:
            folder = Path(name) / "here"
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(old, folder)
            return folder

        folder = begin()
        before = content_of(folder)
        status, n_calls = run(command, folder, words, None, 0)
        whole = content_of(folder)
        if status != 0:
            return [f"| {title} | – | the command fails by itself: {status}, {words.read_text()[-200:]!r} | – |"]
        for fault, code in FAULTS.items():
            wrong: list[str] = []
            places = range(0, n_calls, max(1, n_calls // most))
            for at in places:
                folder = begin()
                status, _ = run(command, folder, words, at, code)
                said = words.read_text(errors="replace")
                wrong += [f"call {at + 1}: {one}" for one in faults_of(status, said, before, content_of(folder), whole)]
            rows.append(f"| {title} | {fault} | {len(places)} of {n_calls} | {len(wrong)} | {'; '.join(wrong[:3])} |")
    return rows


def main(given: argparse.Namespace) -> None:
    from regdesk.cli import headless as headless
    from regdesk.compiling import engine_cache
    from regdesk.core.engine import kernels as kernels

    # Every fork has these already.
    engine_cache.prepare_cache_folder()
    with tempfile.TemporaryDirectory(prefix="old-") as name:
        os.environ.update(watched_program.environment(Path(name)))
        os.environ.pop("REGDESK_TRACEBACK")
        old = Path(name) / "old files"
        old.mkdir()
        (old / "old.csv").write_text("x\n" * 50)
        data = str(ROOT / "resources" / "samples" / "diabetes.csv")
        made = ["fit", data, "--target", "progression", "--hidden", "", "--save", "old.regdesk"]
        status, _ = run(made, old, Path(name) / "words.txt", None, 0)
        assert status == 0, (Path(name) / "words.txt").read_text()
        shutil.copy(old / "old.regdesk", Path(name) / "model.regdesk")
        print("| command | disk | fails at each of so many calls | not as it should be | which |")
        print("|---|---|---|---|---|")
        for title, command in commands(Path(name) / "model.regdesk").items():
            if given.only in title:
                print("\n".join(tried(title, command, old, given.most)), flush=True)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", metavar="WORD", help="commands whose name has this in it")
    parser.add_argument("--most", type=int, default=400, metavar="N", help="calls of each command that fail")
    main(parser.parse_args())
