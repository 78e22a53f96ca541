"""Predictions as rows of a CSV file and as lists of JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from regdesk.core.fitted.fitted_model import FittedModel, Predictions
from regdesk.core.types import Float64s
from regdesk.data.errors import DataError
from regdesk.data.prepare.file_rows import FileRows
from regdesk.tasks.predict import PredictedBlock

PREDICTION = "prediction"


class PredictionColumns:
    """Makes rows of CSV of blocks: with ``keeps`` after the file's own cells; of several files their names first."""

    def __init__(self, model: FittedModel, keeps: bool, files: Sequence[Path]) -> None:
        self._names = [PREDICTION, *(f"probability {label}" for label in model.classes)]
        self._keeps = keeps
        self._has_file = len(files) > 1
        self._kept: tuple[str, ...] | None = None

    def rows(self, file: Path, block: PredictedBlock) -> Iterator[list[Any]]:
        """Those of ``block``, before the first of all the header. Raises DataError for a file of other columns."""
        assert isinstance(block.rows, FileRows)
        if self._kept is None:
            yield self._header(block.rows.names)
        elif self._keeps:
            check_alike(file, block.rows.names, self._kept)
        self._kept = block.rows.names
        first = [str(file)] if self._has_file else []
        predicted = predicted_labels(block.predictions)
        probabilities = _or_none(block.predictions.probabilities)
        for row, value in enumerate(predicted):
            own = block.rows.records[row] if self._keeps else ()
            yield [*first, *own, value, *(probabilities[row] if probabilities is not None else ())]

    def _header(self, names: Sequence[str]) -> list[Any]:
        kept = list(names) if self._keeps else []
        taken, made = set(kept), []
        for name in self._names:
            free = name
            while free in taken:
                free += "_"
            made.append(free)
        return [*(["file"] if self._has_file else []), *kept, *made]


def check_alike(file: Path, names: Sequence[str], first: Sequence[str]) -> None:
    """Raises DataError where the columns of ``file`` are not those of the ``first`` file."""
    if tuple(names) != tuple(first):
        raise DataError(
            "it does not have the columns of the first file, beside which its predictions would stand; predict it for "
            "itself.",
            file=file,
        )


def predicted_labels(found: Predictions) -> list[float | str | None]:
    """Numbers, or labels as written, ``(n_rows,)``; None in rows that were skipped, or for what is no number."""
    if found.values is None:
        return [None if label is None else str(label) for label in found.labels]
    return [value if np.isfinite(value) else None for value in found.values.tolist()]


def predicted_numbers(probabilities: Float64s) -> list[list[float | None]]:
    """Of each class the probability in every row, of ``(n_rows, n_classes)``; None in rows that were skipped."""
    return [[None if np.isnan(one) else one for one in column] for column in probabilities.T.tolist()]


def _or_none(probabilities: Float64s | None) -> list[list[float | None]] | None:
    if probabilities is None:
        return None
    return [[None if np.isnan(one) else one for one in row] for row in probabilities.tolist()]
