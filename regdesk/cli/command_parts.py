"""What the commands share: how they end, a table that is read, and what is written to standard output."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from regdesk.cli.arguments import SweepArguments
from regdesk.core.errors import RegdeskError
from regdesk.core.reading_options import ReadingOptions
from regdesk.core.words.safe_text import safe_text
from regdesk.data.csv.table import Table
from regdesk.data.formats.large_files import SAMPLE_ROWS, large_file
from regdesk.data.formats.reading import read_file
from regdesk.system.terminal import ProgressBar, write_error, write_output

if TYPE_CHECKING:
    from regdesk.tasks.linear_sweep import Sweep
    from regdesk.tasks.network_sweep import NetworkResult

DONE, FAILED, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130
"""How a command ends: done, the work failed, bad usage or input, interrupted by Ctrl-C."""
REPORT = "report"
"""The command that has a painter of pages where others have one of panels."""

DrawPanels: TypeAlias = "Callable[[SweepArguments, Table, Sweep | NetworkResult], dict[str, bytes]]"
"""Draws the panels of a window that shows a sweep: the pictures by the names of their files."""


class WorkFailed(RegdeskError):
    """The work of a command has failed, and not by its input. ``str()`` is the sentence for the user."""


def read_with_bar(file: Path, reading: ReadingOptions) -> Table:
    """The table in ``file``, read as ``reading`` says; meanwhile a bar shows how far it is. Raises DataError.

    What a very large file needs is told before.
    """
    needs = large_file(file, reading)
    if needs is not None:
        write_error(f"{file.name}: {needs.needs} A sample of its rows is read with --sample-rows {SAMPLE_ROWS}.")
    bar = ProgressBar("reading")
    try:
        return read_file(file, reading, lambda share: bar.show(share, f"{share:.0%} of {file.name}"))
    finally:
        bar.clear()


def json_text(value: Any) -> str:
    """A result as one line of JSON, without numbers that JSON does not have."""
    return json.dumps(value, allow_nan=False)


def write_result(text: str) -> None:
    """Write a result to standard output."""
    # Reports have made every name safe that they hold; JSON is in ASCII.
    write_output(safe_text(text))
