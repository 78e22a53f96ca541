"""Pictures of rows that have weights: what they count, and what they say that they count."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from canned import Canned, dataset_of
from plot_items import hover, item, items, plots, readout_text, settle, show
from sklearn.metrics import accuracy_score, confusion_matrix, roc_curve
from tables import write_classes, write_kinds

from regdesk.core.fit.view import FitView
from regdesk.core.model.ranking import N_SCORE_BINS
from regdesk.core.words.number_text import count_text, fixed_text
from regdesk.views.fit.panel import DataFitPanel


def weighed(model: Canned, unit: float) -> tuple[Canned, np.ndarray]:
    """``model`` with weights of 1 to 3 units on its rows, and those of the validation rows."""
    weights = unit * (1.0 + np.arange(len(model.dataset.targets)) % 3)
    dataset = replace(model.dataset, row_weights=weights)
    return replace(model, dataset=dataset, view=FitView(dataset)), weights[dataset.split.validation]


def shown(qtbot: Any, model: Canned) -> DataFitPanel:
    panel = show(qtbot, DataFitPanel(), 900, 420)
    panel.show_scene(model.scene)
    panel.show_frame(model.frame())
    settle()
    return panel


@pytest.mark.parametrize("unit", [1.0, 0.25])
def test_a_matrix_counts_weights(unit: float, qtbot: Any, tmp_path: Path) -> None:
    model, weights = weighed(Canned.of(dataset_of(write_kinds(tmp_path / "kinds.csv", 3), "kind")), unit)
    panel, rows = shown(qtbot, model), model.dataset.split.validation
    outputs = model.outputs(model.dataset.inputs[rows])
    targets, predicted = model.dataset.targets[rows], outputs.argmax(axis=1)
    expected = confusion_matrix(targets, predicted, sample_weight=weights)
    matrix = item(panel, "confusionMatrix")
    np.testing.assert_allclose(matrix.counts, expected)
    np.testing.assert_allclose(matrix.shares, expected / expected.sum(axis=1, keepdims=True))
    accuracy = accuracy_score(targets, predicted, sample_weight=weights)
    assert f"Accuracy {fixed_text(accuracy)}, macro AUROC" in readout_text(panel)
    assert f"on {len(rows)} validation rows that count as {count_text(weights.sum())}." in readout_text(panel)
    assert "Each cell: validation rows by weight, and their share of the actual class." in readout_text(panel)
    share = f"{100 * expected[2, 2] / expected[2].sum():.0f} % of {count_text(expected[2].sum())}"
    words = hover(qtbot, panel, plots(panel)[0], 2.5, 0.5)
    assert f"{count_text(expected[2, 2])} validation rows by weight, {share}" in words


def test_a_roc_and_its_scores_count_weights(qtbot: Any, tmp_path: Path) -> None:
    plain = Canned.of(dataset_of(write_classes(tmp_path / "classes.csv", n_rows=160), "colour"))
    model, weights = weighed(plain, 0.5)
    panel, rows = shown(qtbot, model), model.dataset.split.validation
    labels, logits = model.dataset.targets[rows], model.outputs(model.dataset.inputs[rows])[:, 0]
    expected = roc_curve(labels, logits, sample_weight=weights, drop_intermediate=False)[:2]
    np.testing.assert_allclose(item(panel, "validationRoc").getData(), expected)
    probabilities = 1 / (1 + np.exp(-logits))
    for k, bars in enumerate(items(panel, "classScores")):
        edges, heights = bars.getData()
        own = labels == k
        np.testing.assert_allclose(heights, np.histogram(probabilities[own], edges, weights=weights[own])[0])
    counts = np.histogram(
        probabilities[labels == 1], np.linspace(0, 1, N_SCORE_BINS + 1), weights=weights[labels == 1]
    )[0]
    fullest = int(counts.argmax())
    words = hover(qtbot, panel, plots(panel)[1], (fullest + 0.5) / N_SCORE_BINS, 0.2)
    total = count_text(weights[labels == 1].sum())
    assert f"{model.dataset.classes[1]}: {count_text(counts[fullest])} of {total} rows by weight" in words
    axis = plots(panel)[1].getAxis("left").label.toPlainText()
    assert "by weight" in axis


def test_counts_are_written_as_short_as_they_go() -> None:
    assert [count_text(count) for count in (0, 7, 1234, 12.0, 0.25, 3.14159, 123456.5)] == [
        "0", "7", "1,234", "12", "0.25", "3.14", "1.23e5"
    ]  # fmt: skip
