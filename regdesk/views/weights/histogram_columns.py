"""The numbers behind the histograms: every weight by name, and the bars of each layer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QCoreApplication

from regdesk.core.weights.names import weight_list
from regdesk.views.plots.data_columns import Column

if TYPE_CHECKING:
    from regdesk.core.run.scene import RunScene
    from regdesk.core.run.snapshot import TrainSnapshot


def histogram_columns(snapshot: TrainSnapshot, scene: RunScene, axis_words: str) -> list[Column]:
    """Of a moment; ``axis_words`` say what a weight is measured in."""

    def told(words: str) -> str:
        return QCoreApplication.translate("HistogramPanel", words)

    weights = weight_list(snapshot.network, scene.input_names, scene.output_names)
    columns = [
        Column(told("input or connection"), weights.names),
        Column(axis_words, snapshot.parameters[list(weights.positions)]),
    ]
    for layer in snapshot.layers:
        edges = np.linspace(-layer.limit, layer.limit, len(layer.counts) + 1)
        columns.append(Column(told("{layer}: from").format(layer=layer.name), edges[:-1]))
        columns.append(Column(told("{layer}: number").format(layer=layer.name), layer.counts))
    return columns
