"""Writes the results of a second sweep over those of a first, and ends as if killed at the k-th call to the system.

``python killed_writer.py FOLDER`` makes FOLDER/1, FOLDER/2, …, one for each k, until a writer comes to its end.
"""

from __future__ import annotations

import itertools
import os
import sys
from pathlib import Path
from typing import Any

from regdesk.data.files.result_folder import ResultFolder

CALLS = ("open", "write", "fsync", "close", "chmod", "mkdir", "rmdir", "rename", "replace", "unlink", "scandir")
KILLED = 137
PICTURES = ("historyPanel.png", "lambdaPanel.png", "lambdaPanel.svg")


def files_of(generation: str) -> dict[str, bytes]:
    found = {"path.csv": "lambda,train_loss,x\n", "weights.csv": "lambda,feature,x\n"} | dict.fromkeys(PICTURES, "")
    return {name: (beginning + generation * 1000).encode() for name, beginning in found.items()}


def summary_of(generation: str) -> dict[str, Any]:
    return {"lambdas": [1.0], "lambda_best": 1.0, "generation": generation}


def write(folder: Path, generation: str) -> None:
    with ResultFolder(folder) as results:
        results.write(files_of(generation), summary_of(generation))


def end_at(k: int) -> None:
    """Let this process end at its ``k``-th call, a write when it is half done; nothing is cleared away."""
    calls = itertools.count(1)

    def ending(name: str, call: Any) -> Any:
        def counted(*arguments: Any, **options: Any) -> Any:
            if next(calls) == k:
                if name == "write":
                    call(arguments[0], bytes(arguments[1])[: len(arguments[1]) // 2])
                os._exit(KILLED)
            return call(*arguments, **options)

        return counted

    for name in CALLS:
        setattr(os, name, ending(name, getattr(os, name)))


def main(folder: Path) -> None:
    for k in itertools.count(1):
        place = folder / str(k)
        write(place, "old ")
        (place / "notes.txt").write_text("mine")
        (place / "path.csv.part").write_text("mine")
        (place / ".regdesk-mine.part").mkdir()
        child = os.fork()
        if child == 0:
            end_at(k)
            write(place, "new ")
            os._exit(0)
        if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0:
            break


if __name__ == "__main__":
    main(Path(sys.argv[1]))
