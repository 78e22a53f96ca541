"""A model as ONNX says what the model says."""

from __future__ import annotations

from typing import Any

import numpy as np
import onnx
import onnxruntime
import pytest
from export_hostile import HOSTILE_LABELS, HOSTILE_NAMES, hostile
from export_models import SHAPES, expected_of, home_model, new_homes, write_homes

from regdesk.core.fitted.cells import NumberCells
from regdesk.data.files.model_file import SavedModel
from regdesk.data.prepare.mapping_rows import MappingRows
from regdesk.exports.onnx_graph import input_names, onnx_bytes
from regdesk.exports.plan import plan_of


def fed(saved: SavedModel, cells) -> dict[str, Any]:
    """Labels as texts, numbers and dates as numbers: what a runtime is handed."""
    plan, encoding = plan_of(saved), saved.model.encoding
    rows, found = MappingRows(dict(cells), encoding), {}
    for name, source in zip(input_names(plan), plan.sources, strict=True):
        column = next((one for one in encoding.columns if one.source_name == source and one.part is None), None)
        read = None if column is None else rows.cells(column)
        if isinstance(read, NumberCells):
            found[name] = read.numbers
        else:
            found[name] = np.array([(cell or "").strip() for cell in cells[source]], object)
    return found


def run_onnx(saved: SavedModel, cells) -> dict[str, Any]:
    """Every output by its name."""
    session = onnxruntime.InferenceSession(onnx_bytes(plan_of(saved)), providers=["CPUExecutionProvider"])
    names = [one.name for one in session.get_outputs()]
    return dict(zip(names, session.run(names, fed(saved, cells)), strict=True))


@pytest.mark.parametrize("policy", ["impute", "drop", "level"])
@pytest.mark.parametrize("shape", SHAPES)
def test_onnx_predicts_as_the_model_does(tmp_path, shape, policy):
    saved = home_model(write_homes(tmp_path / "homes.csv"), shape, policy)
    cells = new_homes()
    # What is damaged never becomes a number that could be handed over.
    cells["size"][17], cells["price"][23], cells["day"][31] = "12.3", "$ 12", "2020-12-01"
    expected, found = expected_of(saved, cells), run_onnx(saved, cells)
    assert 53 in {one.row for one in expected.skipped}
    assert (len(expected.skipped) > 1) == (policy == "drop")
    if expected.values is not None:
        bound = 1e-6 * saved.model.encoding.target.scale
        np.testing.assert_allclose(found["prediction"], expected.values, rtol=0, atol=bound)
    else:
        np.testing.assert_allclose(found["probabilities"], expected.probabilities, rtol=0, atol=1e-6)
        assert [label or None for label in found["label"]] == expected.labels.tolist()


def test_onnx_computes_in_double_precision(tmp_path):
    saved = home_model(write_homes(tmp_path / "homes.csv"), "tanh")
    model = onnx.load_from_string(onnx_bytes(plan_of(saved)))
    kinds = {one.data_type for one in model.graph.initializer}
    assert onnx.TensorProto.FLOAT not in kinds
    assert onnx.TensorProto.DOUBLE in kinds
    facts = {one.key: one.value for one in model.metadata_props}
    assert (facts["target"], facts["seed"]) == ("rent", "3")


def test_hostile_names_and_labels_do_no_harm_and_compute(tmp_path):
    saved = home_model(write_homes(tmp_path / "homes.csv"), "softmax")
    names = {**HOSTILE_NAMES, "size": "si\0ze", "level": "prediction", "side": "label"}
    changed = hostile(saved, names)
    cells = {names[name]: column for name, column in new_homes().items()}
    cells[names["colour"]] = [HOSTILE_LABELS.get(one, one) for one in cells[names["colour"]]]
    cells[names["price"]][23], cells[names["day"]][31], cells["si\0ze"][17] = "", "", ""
    expected, found = expected_of(changed, cells), run_onnx(changed, cells)
    labels, probabilities = found.values()
    np.testing.assert_allclose(probabilities, expected.probabilities, rtol=0, atol=1e-6)
    assert [label or None for label in labels] == expected.labels.tolist()
