"""The figures of a model on rows of another file, for as long as it is the model that is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from regdesk.core.run.frame import NewRows

if TYPE_CHECKING:
    from regdesk.core.model.dataset import Dataset
    from regdesk.core.run.snapshot import TrainSnapshot
    from regdesk.tasks.models.predict_file import PredictedFile


class NewRowFigures:
    """Remembers the newest; they are shown beside no other model, and beside no other data."""

    def __init__(self) -> None:
        self._found: PredictedFile | None = None

    def note(self, found: PredictedFile) -> None:
        """Keep those of ``found``, unless it has none, or its rows are those that the model was made of."""
        if found.scores is not None and not found.is_known:
            self._found = found

    def of(self, snapshot: TrainSnapshot, dataset: Dataset) -> NewRows | None:
        """Those of the model of ``snapshot``, trained on ``dataset``; None where none are known of it."""
        found = self._found
        if found is None or found.scores is None:
            return None
        model = found.model
        is_same = (
            np.array_equal(model.parameters, snapshot.parameters)
            and model.network.sizes == snapshot.network.sizes
            and model.network.activation == snapshot.network.activation
            and model.encoding == dataset.encoding
        )
        return NewRows(found.job.file.name, found.scores.n_rows, found.scores.figures) if is_same else None
