"""A model as Python says what the model says."""

from __future__ import annotations

import json
import subprocess
import sys

import numpy as np
import pytest
from export_models import SHAPES, assert_same, expected_of, home_model, new_homes, write_homes

from regdesk.exports.plan import plan_of
from regdesk.exports.python_code import python_code

RUN = """
import json, sys
import model
cells = json.load(open("cells.json"))
found = {"values": model.predict(cells).tolist()}
if hasattr(model, "predict_proba"):
    found["probabilities"] = model.predict_proba(cells).tolist()
assert not any(name.startswith("regdesk") for name in sys.modules)
print(json.dumps(found))
"""


@pytest.mark.parametrize("policy", ["impute", "drop", "level"])
@pytest.mark.parametrize("shape", SHAPES)
def test_python_predicts_as_the_model_does(tmp_path, shape, policy):
    saved = home_model(write_homes(tmp_path / "homes.csv"), shape, policy)
    cells = new_homes()
    expected = expected_of(saved, cells)
    (tmp_path / "model.py").write_text(python_code(plan_of(saved)), encoding="utf-8")
    (tmp_path / "cells.json").write_text(json.dumps(cells), encoding="utf-8")
    (tmp_path / "run.py").write_text(RUN, encoding="utf-8")
    done = subprocess.run([sys.executable, "run.py"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    if expected.values is not None:
        assert_same(saved, found["values"], expected)
    else:
        assert_same(saved, found["probabilities"], expected, found["values"])
    assert 2 < len(expected.skipped) < (200 if policy == "drop" else 20)
    assert np.isnan(expected.outputs).any()
