"""The folder that a command writes its results into: looked at first, filled together, with a list of what belongs."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any

from regdesk.data.files.whole_files import StagedFiles, check_place, reason_of

SUMMARY = "summary.json"
TABLES = ("path.csv", "weights.csv")


class NotWritable(Exception):
    """A folder that takes no results. ``str()`` is one sentence for the user."""


class ResultFolder:
    """A context: the folder is made and tried on entering, and what was made is taken back where nothing was written.

    ``replaced`` are the names of files of an older sweep that the results took the place of. ``kept`` are sentences on
    files of others that stood where the results had to go, and under which name they now are. Of others is what no
    summary lists with this digest, what has been changed since, and ``sources``: the files that the results are of.
    """

    def __init__(self, path: Path, *sources: Path) -> None:
        self.path = path
        self.kept: list[str] = []
        self.replaced: list[str] = []
        self._sources = sources
        self._made: list[Path] = []
        self._listed: set[tuple[str, str]] = set()
        self._written: set[tuple[str, str]] = set()

    def __enter__(self) -> ResultFolder:
        """Raises NotWritable when nothing can be written there."""
        try:
            if self.path.exists() and not self.path.is_dir():
                raise NotADirectoryError(None, "this is a file; name a folder")
            self._make()
            for name in (*TABLES, SUMMARY):
                check_place(self.path / name)
            with StagedFiles(self.path):
                pass
        except (OSError, ValueError) as problem:
            self._take_back()
            sentence = f"{self.path}: the results could not be written there ({reason_of(problem)}): nothing was begun."
            raise NotWritable(sentence) from None
        return self

    def __exit__(self, _kind: type[BaseException] | None, _error: object, _trace: TracebackType | None) -> None:
        self._take_back()

    def write(self, files: Mapping[str, bytes], summary: Mapping[str, Any]) -> dict[str, Any]:
        """``files``, contents by name, and ``summary`` as ``summary.json``, which then also has their sha256.

        Returns that summary. The files change one right after the other, ``summary.json`` last: who finds it beside
        a file with another digest than it lists knows that this file is of another sweep. Raises OSError; then
        everything is as it was, unless the disk itself fails between two renamings.
        """
        self._make()
        whole = {**summary, "files": {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}}
        contents = {**files, SUMMARY: _summary_bytes(whole)}
        new = {(name, hashlib.sha256(content).hexdigest()) for name, content in contents.items()}
        older = [] if self._written else replaceable_in(self.path)
        with StagedFiles(self.path) as staged:
            for name, content in contents.items():
                staged.add(name, content)
            self._keep_others(new)
            staged.put_in_place()
        self._written |= new
        self.replaced += older
        return whole

    def _make(self) -> None:
        missing = [one for one in (self.path, *self.path.parents) if not one.exists()]
        for one in reversed(missing):
            one.mkdir()
            self._made.append(one)

    def _take_back(self) -> None:
        """A folder that holds anything stays."""
        with suppress(OSError):
            for one in reversed(self._made):
                one.rmdir()

    def _keep_others(self, new: set[tuple[str, str]]) -> None:
        # Also those of before this sweep: its first files are the tables, which the pictures follow.
        self._listed |= _listed_in(self.path / SUMMARY)
        paths = [self.path / name for name, _ in sorted(new)]
        for path in paths:
            check_place(path)
        for path in paths:
            if not path.exists():
                continue
            found = (path.name, _digest(path))
            if found in self._written:
                continue
            if any(source.exists() and path.samefile(source) for source in self._sources):
                why = "is the file that was read"
            elif found in self._listed or found in new:
                continue
            else:
                why = "is not as regdesk writes it" if path.name == SUMMARY else f"is not as {SUMMARY} there lists it"
            free = next(one for one in _kept_names(path) if not os.path.lexists(one))
            path.rename(free)
            self.kept.append(f"{path} {why}; it is kept as {free.name}.")


def strangers_in(folder: Path) -> list[str]:
    """Names of pictures and tables in ``folder`` that are not of the sweep which its ``summary.json`` tells of.

    After a sweep that was ended while its files changed, these are the new ones. Raises OSError and ValueError when
    there is no such summary.
    """
    listed = json.loads((folder / SUMMARY).read_bytes()).get("files", {})
    return [path.name for path in _results_in(folder) if listed.get(path.name) != _digest(path)]


def replaceable_in(folder: Path) -> list[str]:
    """Names of the files in ``folder`` that a sweep has left there and another one takes the place of."""
    found = []
    with suppress(OSError, ValueError):
        for name, digest in sorted(_listed_in(folder / SUMMARY)):
            path = folder / name
            if path.parent == folder and path.is_file() and _digest(path) == digest:
                found.append(name)
    return found


def _results_in(folder: Path) -> list[Path]:
    tables = [folder / name for name in TABLES]
    pictures = [*folder.glob("*Panel.png"), *folder.glob("*Panel.svg")]
    return sorted(path for path in (*tables, *pictures) if path.is_file())


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _summary_bytes(summary: Mapping[str, Any]) -> bytes:
    return (json.dumps(summary, allow_nan=False, indent=1) + "\n").encode()


def _listed_in(path: Path) -> set[tuple[str, str]]:
    """The names and digests that the summary ``path`` lists, and its own when it is to the letter as regdesk writes."""
    try:
        content = path.read_bytes()
        summary = json.loads(content)
        if not (isinstance(summary, dict) and {"lambdas", "lambda_best"} <= summary.keys()):
            return set()
        own = {(path.name, hashlib.sha256(content).hexdigest())} if _summary_bytes(summary) == content else set()
    except (FileNotFoundError, ValueError, RecursionError):
        return set()
    files = summary.get("files")
    return own | {(name, str(digest)) for name, digest in (files.items() if isinstance(files, dict) else ())}


def _kept_names(path: Path) -> Iterator[Path]:
    """``path.kept.csv``, ``path.kept-2.csv``, …"""
    for number in count(1):
        yield path.with_name(f"{path.stem}.kept{'' if number == 1 else f'-{number}'}{path.suffix}")
