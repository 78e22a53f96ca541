"""The figures of a model on rows of another file: as long as its data are shown, beside later models with its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from regdesk.core.run.frame import NewRows
from regdesk.core.words.number_text import number_text

if TYPE_CHECKING:
    from regdesk.core.model.dataset import Dataset
    from regdesk.core.run.snapshot import TrainSnapshot
    from regdesk.tasks.models.predict_file import PredictedFile


class NewRowFigures:
    """Remembers the newest; they are shown beside no other data, and beside another model under the name of theirs.

    A file is read again only when somebody asks: while a model trains, that would take longer than its figures last.
    """

    def __init__(self) -> None:
        self._found: PredictedFile | None = None
        # Encodings hold every level of every column, which is no comparison for each frame.
        self._dataset: Dataset | None = None
        self._are_its_data = False

    def note(self, found: PredictedFile) -> None:
        """Keep those of ``found``, unless it has none, or its rows are those that the model was made of."""
        if found.scores is not None and not found.is_known:
            self._found, self._dataset = found, None

    def of(self, snapshot: TrainSnapshot, dataset: Dataset) -> NewRows | None:
        """Those that are shown beside the model of ``snapshot``, trained on ``dataset``; None where there are none."""
        found = self._found
        if found is None or found.scores is None:
            return None
        model = found.model
        if self._dataset is not dataset:
            self._dataset, self._are_its_data = dataset, model.encoding == dataset.encoding
        if not self._are_its_data:
            return None
        is_same = (
            np.array_equal(model.parameters, snapshot.parameters)
            and model.network.sizes == snapshot.network.sizes
            and model.network.activation == snapshot.network.activation
        )
        name = "" if is_same else _name_of(found)
        return NewRows(found.job.file.name, name, found.scores.n_rows, found.scores.figures)


def _name_of(found: PredictedFile) -> str:
    if found.job.model_file is not None:
        return f"by {found.job.model_file.name}"
    model = found.model
    words, epochs = f"at λ {number_text(model.configuration.training.effective_lam)}", model.certificate.n_epochs
    return words if epochs is None else f"{words}, epoch {epochs:,.6g}"
