"""What is to be said of all predictions of a file, gathered block by block: numbers of rows, faults, scores."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from regdesk.core.fitted.fitted_model import FittedModel
from regdesk.core.model.losses import loss_for
from regdesk.core.model.metrics import classification_scores, r_squared, root_mean_squared_error
from regdesk.core.types import Float64s
from regdesk.data.csv.table import TableWarning, warning_text
from regdesk.data.errors import DataError
from regdesk.data.prepare.file_rows import FileRows
from regdesk.data.prepare.target_cells import TargetCells
from regdesk.tasks.fit_record import finite
from regdesk.tasks.predict import PredictedBlock

MOST_SKIPPED = 1000
"""Rows without a prediction that are kept: each takes as much memory as 50 predictions."""


@dataclass(frozen=True)
class SkippedRow:
    """A row without a prediction: its line of the file, from 1, and why, as a sentence."""

    row: int
    reason: str


@dataclass(frozen=True)
class NewScores:
    """Figures on rows that the model has not seen, each counted once.

    Attributes:
        n_rows: those with a prediction and a target.
        figures: the loss on the training scale and the metrics, as of a part of ``fit``.
        n_unread: rows whose target is neither missing nor what the model predicts; the first is ``unread``, in words.
    """

    n_rows: int
    figures: Mapping[str, float | None]
    n_unread: int = 0
    unread: str = ""

    def to_dict(self) -> dict[str, Any]:
        """As ``predict --json`` has it."""
        return {"n_rows": self.n_rows, "n_unread": self.n_unread, **self.figures}


@dataclass(eq=False)
class PredictionTally:
    """Grows with each block.

    Attributes:
        n_rows: rows so far, with and without a prediction.
        skipped: the first of the ``n_skipped`` rows without one.
        imputed, unseen: of each column the cells that were filled, and those with what no training row has.
        unscored_reason: why there are no scores, as a sentence; empty where there are, or may be.
        told: what is to be told of the file itself.
    """

    model: FittedModel
    n_rows: int = 0
    n_skipped: int = 0
    skipped: list[SkippedRow] = field(default_factory=list)
    imputed: Counter[str] = field(default_factory=Counter)
    unseen: Counter[str] = field(default_factory=Counter)
    unseen_labels: dict[str, str] = field(default_factory=dict)
    unscored_reason: str = ""
    told: list[TableWarning] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._target_cells = TargetCells(self.model.encoding.target)
        self._outputs: list[Float64s] = []
        self._targets: list[Float64s] = []
        self._n_unread = 0
        self._unread = ""

    def add(self, block: PredictedBlock) -> None:
        """Count the rows of ``block`` in, which follow those before."""
        found = block.predictions
        self.n_rows += len(found.outputs)
        self.n_skipped += len(found.skipped)
        kept = found.skipped[: MOST_SKIPPED - len(self.skipped)]
        self.skipped += [SkippedRow(int(block.lines[fault.row]), fault.sentence) for fault in kept]
        self.imputed.update(found.imputed)
        self.unseen.update({column: len(labels) for column, labels in found.unseen.items() if labels})
        for column, labels in found.unseen.items():
            if labels:
                self.unseen_labels.setdefault(column, labels[0])
        is_below = isinstance(block.rows, FileRows) and block.rows.why_none
        if not self.unscored_reason and not is_below:
            self._add_targets(block)

    def _add_targets(self, block: PredictedBlock) -> None:
        rows, name = block.rows, self._target_cells.name
        names = rows.names if isinstance(rows, FileRows) else rows.table.column_names
        if name not in names:
            self.unscored_reason = f"there is no column '{name}' to compare with."
            return
        try:
            read = self._target_cells.read(rows)
        except DataError as problem:
            self.unscored_reason = f"column '{name}' is not as in training: {problem.problem}"
            return
        targets = read.values
        if read.unread and not self._unread:
            first = min(read.unread)
            self._unread = f"{read.unread[first]} (line {int(block.lines[first])})"
        self._n_unread += len(read.unread)
        is_known = ~(np.isnan(targets) | np.isnan(block.predictions.outputs[:, 0]))
        self._targets.append(targets[is_known])
        self._outputs.append(block.predictions.outputs[is_known])

    @property
    def n_predicted(self) -> int:
        """Rows that have a prediction."""
        return self.n_rows - self.n_skipped

    @property
    def told_lines(self) -> list[str]:
        """What is to be told of the file, each with its place."""
        return [warning_text(one) for one in self.told]

    def scores(self) -> NewScores | None:
        """The figures on all rows so far that have a prediction and a target; None where there is no such row."""
        if self.unscored_reason or not self._targets:
            return None
        targets, outputs = np.concatenate(self._targets), np.concatenate(self._outputs)
        if not len(targets):
            return None
        target = self.model.encoding.target
        scaled = target.scaler.apply(targets[:, np.newaxis])[:, 0]
        loss = float(loss_for(target.task, outputs.shape[1]).values(outputs, scaled).mean())
        if target.task == "regression":
            values = target.scaler.invert(outputs)[:, 0]
            metrics = {"r2": r_squared(targets, values), "rmse": root_mean_squared_error(targets, values)}
        else:
            metrics = asdict(classification_scores(targets, outputs))
        figures = {name: finite(value) for name, value in {"loss": loss, **metrics}.items()}
        return NewScores(len(targets), figures, self._n_unread, self._unread)


def unread_sentence(model: FittedModel, scores: NewScores) -> str:
    """That rows are not scored whose target is something else than ``model`` predicts."""
    target, count = model.encoding.target, scores.n_unread
    cells = "1 cell is" if count == 1 else f"{count:,} cells are"
    what = "no number" if target.task == "regression" else "none of the model's classes"
    return f"{target.name}: {cells} {what}, such as {scores.unread}; not scored."
