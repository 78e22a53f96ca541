"""What other readers of CSV make of the files of the corpus and of those that packages ship, beside ours.

    python tests/benchmarks/csv_readers.py --peers-python peers/csv/bin/python [--folder FOLDER]

Every reader is at its default settings. Without ``--peers-python`` the peers are left out. ``--folder`` is searched for
.csv and .tsv files, of which none has an answer: for these the table counts with how many others a reader agrees.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import select
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
# The corpus stands beside what tests share, which pytest finds and a script does not.
sys.path.insert(0, str(HERE.parent / "support"))

from csv_corpus import CsvCase, cells_of, corpus  # noqa: E402

from regdesk.core.reading_options import ReadingOptions  # noqa: E402
from regdesk.data.errors import DataError  # noqa: E402
from regdesk.data.formats.reading import read_file  # noqa: E402

PEERS = ("DuckDB", "pandas", "polars", "CleverCSV")
MOST_ROWS = 2000
PATIENCE_S = 30.0
"""Whoever has said nothing by then is taken to have refused."""
MOST_BYTES = 3_000_000
"""Of a file in the folder: the tables compare cells, not speed."""
MADE_UP = re.compile(r"(?i)column_?\d+|unnamed: \d+.*|\d+|")
NUMBER_OF_NAME = re.compile(r"(_duplicated)?[._]\d+$")
TRUTH = {"true": "true", "false": "false", "yes": "true", "no": "false", "t": "true", "f": "false", "y": "true",
         "n": "false"}  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """What a reader says of a file: names and cells of the first rows, or ``error``; ``told`` are lines it warns of."""

    names: Sequence[str] = ()
    cells: Sequence[Sequence[Any]] = ()
    n_rows: int = 0
    error: str | None = None
    told: tuple[int, ...] = ()


@dataclass
class Reader:
    """A reader by its name, and of each class how many files it has put there."""

    name: str
    python: str | None = None
    version: str = ""
    counts: Counter[str] = field(default_factory=Counter)
    _process: subprocess.Popen[str] | None = None

    def read(self, path: Path) -> Answer:
        if self.python is None:
            return ours(path)
        if self._process is None:
            self._begin()
        assert self._process is not None
        assert self._process.stdin is not None
        print(path, file=self._process.stdin, flush=True)
        found = self._line()
        if found is None:
            self.end()
            return Answer(error=f"no answer within {PATIENCE_S:.0f} s")
        if "error" in found:
            return Answer(error=found["error"])
        return Answer(found["names"], found["cells"], found["n_rows"])

    def end(self) -> None:
        """End the process, if there is one."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _begin(self) -> None:
        assert self.python is not None
        self._process = subprocess.Popen(
            [self.python, str(HERE / "peer_csv.py"), self.name],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
        )  # fmt: skip
        self.version = (self._line() or {})["version"]

    def _line(self) -> dict[str, Any] | None:
        """The next answer of the process; None without one in time."""
        assert self._process is not None
        assert self._process.stdout is not None
        ready, _, _ = select.select([self._process.stdout], [], [], PATIENCE_S)
        found: dict[str, Any] | None = json.loads(self._process.stdout.readline()) if ready else None
        return found


def ours(path: Path) -> Answer:
    """What regdesk says of the file at ``path``."""
    try:
        table = read_file(path)
    except DataError as error:
        return Answer(error=str(error))
    cells = cells_of(table)
    lines = tuple(warning.row for warning in table.warnings if warning.row is not None)
    return Answer(tuple(cells), [found[:MOST_ROWS] for found in cells.values()], table.n_rows, told=lines)


def is_same(wanted: Any, found: Any) -> bool:
    """Whether a reader's cell ``found`` says what ``wanted`` says. Truth and dates may be written otherwise."""
    if isinstance(wanted, list) or isinstance(found, list):
        return _is_same_date(wanted[1] if isinstance(wanted, list) else wanted, found)
    wanted, found = (None if cell == "" else cell for cell in (wanted, found))
    if isinstance(wanted, float) or isinstance(found, float):
        both = isinstance(wanted, (int, float)) and isinstance(found, (int, float))
        return both and math.isclose(wanted, found, rel_tol=1e-12, abs_tol=0.0)
    if wanted is None or found is None:
        return wanted is found
    one, other = (" ".join(str(cell).split()) for cell in (wanted, found))
    return one == other or (one.lower() in TRUTH and TRUTH[one.lower()] == TRUTH.get(other.lower()))


def _is_same_date(wanted: Any, found: Any) -> bool:
    text = found[1] if isinstance(found, list) else found
    if not isinstance(text, str) or not isinstance(wanted, str):
        return False
    # 3 March 2020 and 2020-03-03 have no figures in common that would tell their order: the year must do.
    ours_in_order = re.match(r"\d{4}-\d{2}-\d{2}", wanted)
    return text.startswith(ours_in_order[0]) if ours_in_order else text[2:4] in wanted or ":" in wanted


def agrees(wanted: Answer, found: Answer) -> bool:
    """Whether all names and cells are the same; a name that is made up may be another."""
    if len(wanted.names) != len(found.names) or wanted.n_rows != found.n_rows:
        return False
    for one, other in zip(wanted.names, found.names, strict=True):
        names = {NUMBER_OF_NAME.sub("", " ".join(name.split())) for name in (one, other)}
        if len(names) > 1 and MADE_UP.fullmatch(one) is None:
            return False
    pairs = zip(wanted.cells, found.cells, strict=True)
    return all(is_same(*pair) for one, other in pairs for pair in zip(one, other, strict=True))


def class_of(case: CsvCase, found: Answer) -> str:
    """The column of the table that the answer ``found`` to a file of the corpus belongs in."""
    if case.group in ("loads exactly", "exact or refused"):
        if found.error is not None:
            return f"refused: {case.group}"
        cells = [column[:MOST_ROWS] for column in case.columns.values()]
        wanted = Answer(tuple(case.columns), cells, len(next(iter(case.columns.values()))))
        return f"right: {case.group}" if agrees(wanted, found) else "wrong"
    if found.error is None and not found.told:
        return "nothing said"
    lines = [] if case.line is None else [case.line, case.line - 1]
    told = [str(line) for line in found.told] if found.error is None else re.findall(r"\d+", found.error)
    # Some count lines without the header.
    return "line named" if case.line is None or any(str(line) in told for line in lines) else "said without the line"


@contextmanager
def readers(peers_python: str | None) -> Iterator[list[Reader]]:
    """Ours, and the peers in processes of their own."""
    found = [Reader("regdesk"), *(Reader(name, peers_python) for name in PEERS if peers_python)]
    try:
        yield found
    finally:
        for reader in found:
            reader.end()


def print_corpus(every: list[Reader], cases: list[CsvCase], lists: bool) -> None:
    """The table of the corpus."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "case.csv"
        for case in cases:
            path.write_bytes(case.content.encode() if isinstance(case.content, str) else case.content)
            for reader in every:
                found = class_of(case, reader.read(path))
                reader.counts[found] += 1
                if lists and reader.python is None and found in ("wrong", "nothing said", "said without the line"):
                    print(f"{found}: {case.name}", file=sys.stderr)
    groups = Counter("damaged" if case.group in ("refused", "reported with its line") else case.group for case in cases)
    must, may, damaged = groups["loads exactly"], groups["exact or refused"], groups["damaged"]
    titles = (f"right, of {must} that must load", f"right, of {may} that may be refused", "refused, of these two",
              "**wrong without an error**, of these two", f"line named, of {damaged} damaged", "an error, no line",
              "nothing said")  # fmt: skip
    print("| reader | " + " | ".join(titles) + " |\n" + "|---" * (len(titles) + 1) + "|")
    for reader in every:
        counts = reader.counts
        figures = (
            counts["right: loads exactly"], counts["right: exact or refused"],
            counts["refused: loads exactly"] + counts["refused: exact or refused"], counts["wrong"],
            counts["line named"], counts["said without the line"], counts["nothing said"],
        )  # fmt: skip
        print(f"| {reader.name} {reader.version} | " + " | ".join(map(str, figures)) + " |")
    print()


def print_folder(every: list[Reader], folder: Path, lists: bool) -> None:
    """The table of the files in ``folder``."""
    paths = sorted(path for path in folder.rglob("*.[ct]sv") if 0 < path.stat().st_size <= MOST_BYTES)
    counts = {reader.name: Counter[str]() for reader in every}
    for path in paths:
        answers = [(reader, reader.read(path)) for reader in every]
        loaded = [(reader, answer) for reader, answer in answers if answer.error is None]
        agreeing = {
            reader.name: sum(agrees(answer, other) or agrees(other, answer) for _, other in loaded) - 1
            for reader, answer in loaded
        }
        for reader, answer in answers:
            n_agreeing = agreeing.get(reader.name)
            found = "refused" if n_agreeing is None else "alone" if n_agreeing == 0 else "agrees"
            counts[reader.name][found] += 1
            if lists and reader.python is None and found != "agrees":
                print(f"{found}: {path.relative_to(folder)} {answer.error or ''}", file=sys.stderr)
    print(f"| reader | agrees with another, of {len(paths)} files | read as by no other | refused |\n|---|---|---|---|")
    for reader in every:
        found = counts[reader.name]
        print(f"| {reader.name} {reader.version} | {found['agrees']} | {found['alone']} | {found['refused']} |")
    print()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers-python", help="the interpreter of the environment that has the peers")
    parser.add_argument("--folder", type=Path, help="where to look for further files")
    parser.add_argument("--only", default="", help="only cases whose name contains this text")
    parser.add_argument("--list", action="store_true", help="name the files that are not read as others read them")
    chosen = parser.parse_args()
    cases = [case for case in corpus().values() if chosen.only in case.name and case.options == ReadingOptions()]
    with readers(chosen.peers_python) as every:
        print_corpus(every, cases, chosen.list)
        if chosen.folder is not None:
            print_folder(every, chosen.folder, chosen.list)


if __name__ == "__main__":
    main()
