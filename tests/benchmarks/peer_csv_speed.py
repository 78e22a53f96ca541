"""One reading of one CSV file by one program, in a process of its own; prints what it took as JSON.

    python tests/benchmarks/peer_csv_speed.py regdesk|duckdb|pandas|polars FILE

It runs in an environment that need not have regdesk, unless it is to measure that.
"""

from __future__ import annotations

import json
import resource
import sys
import time


def read_with_regdesk(path: str) -> int:
    from regdesk.data.formats.reading import read_file

    return len(read_file(path).columns)


def read_with_duckdb(path: str) -> int:
    import duckdb

    return len(duckdb.connect().execute("select * from read_csv(?)", [path]).fetchnumpy())


def read_with_pandas(path: str) -> int:
    import pandas

    return len(pandas.read_csv(path).columns)


def read_with_polars(path: str) -> int:
    import polars

    return len([column.to_numpy() for column in polars.read_csv(path)])


READERS = {
    "regdesk": read_with_regdesk,
    "duckdb": read_with_duckdb,
    "pandas": read_with_pandas,
    "polars": read_with_polars,
}


def main() -> None:
    reader, path = sys.argv[1:]
    started_s = time.process_time()
    n_columns = READERS[reader](path)
    seconds = time.process_time() - started_s
    # Linux counts in kB, macOS in bytes.
    unit = 1e6 if sys.platform == "darwin" else 1e3
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    print(json.dumps({"seconds": seconds, "megabytes": megabytes, "n_columns": n_columns}))


if __name__ == "__main__":
    main()
