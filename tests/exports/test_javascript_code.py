"""A model as JavaScript says what the model says."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest
from export_models import SHAPES, assert_same, expected_of, home_model, new_homes, write_homes

from regdesk.exports.javascript_code import javascript_code
from regdesk.exports.plan import plan_of

RUN = """
const model = require("./model.js");
const rows = JSON.parse(require("fs").readFileSync("rows.json", "utf8"));
const found = { values: rows.map(model.predict) };
if (model.probabilities) found.probabilities = rows.map(model.probabilities);
console.log(JSON.stringify(found));
"""
NODE = shutil.which("node")


@pytest.mark.skipif(NODE is None, reason="node is not installed")
@pytest.mark.parametrize("policy", ["impute", "drop"])
@pytest.mark.parametrize("shape", SHAPES)
def test_javascript_predicts_as_the_model_does(tmp_path, shape, policy):
    saved = home_model(write_homes(tmp_path / "homes.csv"), shape, policy)
    cells = new_homes()
    expected = expected_of(saved, cells)
    rows = [dict(zip(cells, row, strict=True)) for row in zip(*cells.values(), strict=True)]
    (tmp_path / "model.js").write_text(javascript_code(plan_of(saved)), encoding="utf-8")
    (tmp_path / "rows.json").write_text(json.dumps(rows), encoding="utf-8")
    (tmp_path / "run.js").write_text(RUN, encoding="utf-8")
    assert NODE is not None
    done = subprocess.run([NODE, "run.js"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    if expected.values is not None:
        assert_same(saved, found["values"], expected)
    else:
        n_classes = len(saved.model.classes)
        numbers = [[None] * n_classes if row is None else row for row in found["probabilities"]]
        assert_same(saved, numbers, expected, found["values"])
