"""Predictions for a table, a file or a mapping of columns, a block of rows at a time: of a file no more is held."""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from regdesk.core.fitted.fitted_model import FittedModel, Predictions
from regdesk.core.reading_options import ReadingOptions
from regdesk.core.stopping import Stop
from regdesk.core.types import Integers
from regdesk.data.csv.lines import Progress
from regdesk.data.csv.table import Table, TableWarning
from regdesk.data.errors import DataError
from regdesk.data.formats.opening import as_text
from regdesk.data.prepare.file_rows import FileRows, read_names, read_rows
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
    told: list[TableWarning] | None = None,
) -> Generator[PredictedBlock, None, None]:
    """What ``model`` says of all rows of ``source``, in their order; it is heard to ``stop`` between two columns.

    A row that cannot be encoded is among ``predictions.skipped`` with its reason, and so is what stands below the table
    of a file, such as a row of totals. What is to be told of a file, such as
    two columns of one name, or a row of totals that is left out, is in ``told`` at the end.
    Raises DataError, one sentence, when a column that the model needs is missing or of another kind, or a file cannot
    be read; Stopped as ``stop`` says.
    """
    if isinstance(source, Table):
        for part in _parts(model, source):
            yield PredictedBlock(part.lines, part, model.predictions(part, stop))
        return
    reading = options or ReadingOptions()
    report = progress or (lambda share: None)
    with as_text(Path(source), reading.sheet, report) as text:
        try:
            told = [] if told is None else told
            found = read_rows(text.text, model.encoding, text.reading(reading), text.second_half(report), told)
            with closing(found) as blocks:
                for rows in blocks:
                    lines = text.line_map.rows_of(rows.lines)
                    found_none = model.none(rows.why_none) if rows.why_none else None
                    yield PredictedBlock(lines, rows, found_none or model.predictions(rows, stop))
            told[:] = [*text.warnings, *(replace(one, row=text.line_map.row_of(one.row)) for one in told)]
        except DataError as error:
            raise text.error(error) from None


def names_of_file(path: Path, model: FittedModel, options: ReadingOptions) -> tuple[str, ...]:
    """The names of the columns of ``path``, as ``predict`` reads it. Raises DataError as ``predict``."""
    with as_text(path, options.sheet, lambda share: None) as text:
        try:
            return read_names(text.text, model.encoding, text.reading(options))
        except DataError as error:
            raise text.error(error) from None


def is_training_file(file: Path, provenance: Mapping[str, Any]) -> bool:
    """Whether ``file`` is, byte for byte, the one of which a model with this ``provenance`` was made.

    Cells of a copy of it may have been changed before. A file that cannot be read is none; who predicts it says why.
    """
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() == provenance.get("digest")
    except OSError:
        return False


def _parts(model: FittedModel, source: Table) -> Generator[TableRows, None, None]:
    whole = TableRows(source)
    whole.check(model.encoding)
    for start in range(0, whole.n_rows, ROWS_AT_ONCE):
        yield whole.part(start, start + ROWS_AT_ONCE)
