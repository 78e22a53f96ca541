"""Predictions as the lists that ``predict --json`` writes, kept in files until all rows are known."""

from __future__ import annotations

from contextlib import ExitStack
from types import TracebackType
from typing import Any

from regdesk.core.fitted.fitted_model import FittedModel, Predictions
from regdesk.data.files.json_pieces import WrittenList
from regdesk.tasks.models.prediction_columns import predicted_labels, predicted_numbers


class PredictionLists:
    """Predictions of a file, and of classes their probabilities, in the order of the rows. Used with ``with``."""

    def __init__(self, model: FittedModel) -> None:
        self._files = ExitStack()
        self._predictions = self._files.enter_context(WrittenList())
        self._by_class = {label: self._files.enter_context(WrittenList()) for label in model.classes}

    def __enter__(self) -> PredictionLists:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._files.close()

    def add(self, found: Predictions) -> None:
        """The next rows. Raises OSError where the disk of temporary files is full."""
        self._predictions.extend(predicted_labels(found))
        if found.probabilities is not None:
            columns = predicted_numbers(found.probabilities)
            for written, column in zip(self._by_class.values(), columns, strict=True):
                written.extend(column)

    def record(self) -> dict[str, Any]:
        """``predictions``, and of classes ``probabilities``, for ``json_pieces``."""
        record: dict[str, Any] = {"predictions": self._predictions}
        return record | {"probabilities": self._by_class} if self._by_class else record
