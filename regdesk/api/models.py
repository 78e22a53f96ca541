"""A model as notebooks hold it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from regdesk.api.options import UsageError, path_of
from regdesk.core.fitted import fitted_model
from regdesk.core.types import Float64s
from regdesk.data.csv.table import Table
from regdesk.data.files.model_file import SavedModel, write_model
from regdesk.data.prepare.mapping_rows import Columns, MappingRows
from regdesk.exports.exported import exported, json_text
from regdesk.exports.plan import NotExportable
from regdesk.tasks.predict import predict


@dataclass(frozen=True, eq=False)
class FittedModel:
    """A model that has left its table, as notebooks hold it.

    ``model`` has its network, parameters, encoding, configuration, scores and certificate; ``provenance`` is where it
    comes from, as ``regdesk fit --json`` has it.
    """

    model: fitted_model.FittedModel
    provenance: Mapping[str, Any] = field(default_factory=dict)

    @property
    def classes(self) -> tuple[str, ...]:
        """Labels as written in the file, sorted; empty for regression."""
        return self.model.classes

    @property
    def scores(self) -> Mapping[str, fitted_model.Scores | None]:
        """Of ``train``, ``validation`` and ``test`` the loss and the metrics; None for a part without rows."""
        return self.model.scores

    @property
    def certificate(self) -> fitted_model.FitCertificate:
        """Whether it has converged, and how far from the minimum it can be."""
        return self.model.certificate

    def predict(self, rows: Table | Columns | Path | str) -> NDArray[Any]:
        """Numbers in units of the target, or labels as written in the file, ``(n_rows,)``.

        ``rows`` is a table, a dict of lists or arrays, a data frame, or the path of a file, which is then read as
        ``regdesk predict`` reads it: a last row that has a name alone is a row, and of a row of totals nothing is
        predicted. NaN or None stands for a row that cannot be encoded. Raises DataError when a column is missing or of
        another kind than in training.
        """
        found = self.predictions_of(rows)
        parts = [one.labels if one.values is None else one.values for one in found]
        return np.concatenate(parts)

    def predict_proba(self, rows: Table | Columns | Path | str) -> Float64s:
        """Probabilities ``(n_rows, n_classes)``, in the order of ``classes``. Raises UsageError for a
        regression."""
        if not self.classes:
            raise UsageError(f"{self.model.encoding.target.name} is a number: a regression has no probabilities.")
        found = [one.probabilities for one in self.predictions_of(rows)]
        return np.concatenate([one for one in found if one is not None])

    def predictions_of(self, rows: Table | Columns | Path | str) -> list[fitted_model.Predictions]:
        """All that there is to say of ``rows``, block by block: also what was skipped, imputed and unseen."""
        if isinstance(rows, (str, Path)):
            return [block.predictions for block in predict(self.model, path_of(rows))]
        if isinstance(rows, Table):
            return [block.predictions for block in predict(self.model, rows)]
        return [self.model.predictions(MappingRows(rows, self.model.encoding))]

    def save(self, path: Path | str) -> None:
        """Write the model as the file ``path``, which ``load`` and ``regdesk predict`` read. Raises DataError."""
        write_model(path_of(path), SavedModel(self.model, self.provenance))

    def export(self, to: str) -> str | bytes:
        """The model in another language: python, r, c, javascript, sql, excel, torch or json as text, onnx as bytes.

        Excel is the formula of one cell. Raises UsageError, one sentence, where the model cannot be written so.
        """
        try:
            return exported(SavedModel(self.model, self.provenance), to).content
        except NotExportable as problem:
            raise UsageError(str(problem)) from None

    def to_json(self) -> str:
        """Network, parameters, encoding, configuration, scores, certificate and provenance as a text of JSON."""
        return json_text(SavedModel(self.model, self.provenance))
