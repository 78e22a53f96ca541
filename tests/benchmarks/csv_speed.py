"""Reading large CSV files: processor time and peak memory of regdesk, DuckDB, pandas and polars, as a Markdown table.

    python tests/benchmarks/csv_speed.py [--peers-python PATH] [--rows 1000000] [--pairs 5] [--only TEXT]

``--peers-python`` is the Python of an environment that has duckdb, pandas and polars (README.md beside this file says
how to make one). Each reading is a process of its own; its time is that of all its threads from before the reader is
imported to when all columns are arrays of numpy, and for regdesk the digest of the file is in it. Memory is the most
that the process held. Runs alternate with DuckDB's, and a ratio belongs to a pair.
"""

from __future__ import annotations

import argparse
import csv
import json
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
N_COLUMNS = 20
PEERS = ("duckdb", "pandas", "polars")
COLUMNS = ("file", "MB", "reader", "processor s", "÷ DuckDB's, median (range)", "peak MB", "÷ the file")
CASES = ("numbers, 6 decimals", "numbers, all digits", "mixed", "mixed, all quoted", "nasty")
_WORDS = ("red", "green", "dark blue", "it is", "")
_NASTY = (
    *("1,234", "x, y", "12/31/2020", "n/a", "€5,00", "abc", "-", "<5", "5%", "TRUE", "1e5", "2020-01-01", ""),
    *('a "b" c', "007", "3.14159", "Zürich", "  x ", "-999", "1.234,56", "12 kg", "3/4", "Jan 5", "1:30", "#N/A"),
    *("+4915112345", "0x1F", "1-5", "march-00001", "line\nend"),
)
"""Cells of all kinds, of which none makes a column: three of ten have another number behind them."""
_ROWS_A_TIME = 10_000


def rows_of(case: str, n_rows: int) -> Iterator[list[str]]:
    """The rows of a file, as they are written."""
    generator = np.random.default_rng(0)
    for start in range(0, n_rows, _ROWS_A_TIME):
        size = min(_ROWS_A_TIME, n_rows - start)
        numbers = generator.normal(size=(size, N_COLUMNS)).tolist()
        if case == "numbers, 6 decimals":
            yield from ([f"{one:.6f}" for one in row] for row in numbers)
            continue
        if case == "numbers, all digits":
            yield from ([repr(one) for one in row] for row in numbers)
            continue
        if case == "nasty":
            cells = generator.integers(len(_NASTY), size=(size, N_COLUMNS)).tolist()
            ends = generator.integers(3000, size=(size, N_COLUMNS))
            behind = np.where(generator.random(size=ends.shape) < 0.3, ends.astype(str), "").tolist()
            yield from (
                [_NASTY[one] + end for one, end in zip(*row, strict=True)] for row in zip(cells, behind, strict=True)
            )
            continue
        words = generator.integers(len(_WORDS), size=(size, 4)).tolist()
        days = generator.integers(3650, size=size).tolist()
        wholes = generator.integers(100, size=(size, 4)).tolist()
        for place in range(size):
            date = str(np.datetime64("2015-01-01") + days[place])
            present = [f"{one:.3f}" if one > -1.0 else "" for one in numbers[place][:10]]
            yield [
                f"K{start + place:07d}",
                date,
                *(_WORDS[one] for one in words[place]),
                *map(str, wholes[place]),
                *present,
            ]


def write(case: str, n_rows: int, path: Path) -> None:
    rows = rows_of(case, n_rows)
    first = next(rows)
    with path.open("w", newline="") as stream:
        quoting = csv.QUOTE_ALL if case.endswith("quoted") else csv.QUOTE_MINIMAL
        writer = csv.writer(stream, lineterminator="\n", quoting=quoting)
        writer.writerow([f"x{number}" for number in range(len(first))])
        writer.writerow(first)
        writer.writerows(rows)


def run(python: str, reader: str, path: Path) -> tuple[float, float]:
    """Processor seconds and the most megabytes of one reading."""
    done = subprocess.run(
        [python, str(HERE / "peer_csv_speed.py"), reader, str(path)], check=True, capture_output=True, text=True
    )
    found = json.loads(done.stdout)
    return found["seconds"], found["megabytes"]


def table_lines(
    case: str, path: Path, readers: Sequence[tuple[str, str]], n_pairs: int, wanted: Sequence[str]
) -> Iterator[str]:
    """A line for each of ``readers``, pairs of a name and its Python, that is ``wanted``."""
    size = path.stat().st_size / 1e6
    duckdb = next((python for name, python in readers if name == "duckdb"), None)
    for name, python in readers:
        if name not in wanted:
            continue
        own, ratios = [], []
        for number in range(n_pairs):
            order = [name] if duckdb is None or name == "duckdb" else [name, "duckdb"][:: 1 if number % 2 else -1]
            found = {one: run(python if one == name else str(duckdb), one, path) for one in order}
            own.append(found[name])
            ratios.append(found[name][0] / found["duckdb"][0] if "duckdb" in found else np.nan)
        seconds, megabytes = (statistics.median(one) for one in zip(*own, strict=True))
        ratio = f"{statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})" if duckdb else "–"
        cells = (case, f"{size:.0f}", name, f"{seconds:.2f}", ratio, f"{megabytes:.0f}", f"{megabytes / size:.1f}")
        yield f"| {' | '.join(cells)} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers-python", metavar="PATH", help="without it the others are left out")
    parser.add_argument("--rows", type=int, default=1_000_000, metavar="N")
    parser.add_argument("--pairs", type=int, default=5, metavar="N")
    parser.add_argument("--only", default="", metavar="TEXT", help="files whose name contains this")
    parser.add_argument("--readers", default="regdesk,duckdb,pandas,polars", metavar="A,B", help="whose lines to print")
    parser.add_argument("--folder", metavar="DIR", help="where the files are kept for the next time")
    arguments = parser.parse_args()
    readers = [("regdesk", sys.executable)]
    if arguments.peers_python is not None:
        readers += [(name, arguments.peers_python) for name in PEERS]
    print(f"| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}")
    for case in CASES:
        if arguments.only not in case:
            continue
        with tempfile.TemporaryDirectory() as folder:
            path = Path(arguments.folder or folder) / f"{case.replace(',', '').replace(' ', '-')}-{arguments.rows}.csv"
            if not path.exists():
                write(case, arguments.rows, path)
            for line in table_lines(case, path, readers, arguments.pairs, arguments.readers.split(",")):
                print(line, flush=True)
    print(f"\n{arguments.rows:,} rows, {N_COLUMNS} columns; {processor_name()}")


def processor_name() -> str:
    """What the system calls the processor."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


if __name__ == "__main__":
    main()
