"""Predictions for a table, a file or a mapping of columns, a block of rows at a time: of a file no more is held."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from regdesk.core.fitted.fitted_model import FittedModel, Predictions
from regdesk.core.reading_options import ReadingOptions
from regdesk.core.stopping import Stop
from regdesk.core.types import Integers
from regdesk.data.csv.lines import Progress
from regdesk.data.csv.table import Table
from regdesk.data.prepare.file_rows import FileRows, read_rows
from regdesk.data.prepare.table_rows import TableRows

ROWS_AT_ONCE = 8192
"""Of a table; of 100 inputs they take 6.5 MB."""


@dataclass(frozen=True, eq=False)
class PredictedBlock:
    """Neighbouring rows and what the model says of them.

    Attributes:
        lines: ``(n_rows,)``, the line of the file on which each row starts, from 1.
        rows: the rows as they were read; of a file with all cells as they are written.
    """

    lines: Integers
    rows: TableRows | FileRows
    predictions: Predictions


def predict(
    model: FittedModel,
    source: Table | Path | str,
    options: ReadingOptions | None = None,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> Generator[PredictedBlock, None, None]:
    """What ``model`` says of all rows of ``source``, in their order; it is heard to ``stop`` between two columns.

    A row that cannot be encoded is among ``predictions.skipped`` with its reason. Raises DataError, one sentence, when
    a column that the model needs is missing or of another kind, or a file cannot be read; Stopped as ``stop`` says.
    """
    with closing(_blocks(model, source, options, progress)) as blocks:
        for rows in blocks:
            yield PredictedBlock(rows.lines, rows, model.predictions(rows, stop))


def _blocks(
    model: FittedModel, source: Table | Path | str, options: ReadingOptions | None, progress: Progress | None
) -> Generator[TableRows | FileRows, None, None]:
    if not isinstance(source, Table):
        yield from read_rows(source, model.encoding, options, progress)
        return
    whole = TableRows(source)
    whole.check(model.encoding)
    for start in range(0, whole.n_rows, ROWS_AT_ONCE):
        yield whole.part(start, start + ROWS_AT_ONCE)
