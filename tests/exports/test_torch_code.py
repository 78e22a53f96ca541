"""A model as a module of PyTorch says what the model says, where PyTorch is installed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.util import find_spec

import pytest
from export_models import SHAPES, assert_same, expected_of, home_model, new_homes, write_homes

from regdesk.exports.plan import plan_of
from regdesk.exports.torch_code import torch_code

PYTHON = os.environ.get("REGDESK_TORCH_PYTHON") or (sys.executable if find_spec("torch") else None)
"""A Python that has PyTorch, which need not be this one: it is large."""
RUN = """
import json
import model
cells = json.load(open("cells.json"))
module = model.RegdeskModel()
assert {one.dtype for one in module.parameters()} == {model.torch.float64}
found = {"values": module.predict(cells).tolist()}
if hasattr(module, "predict_proba"):
    found["probabilities"] = module.predict_proba(cells).tolist()
print(json.dumps(found))
"""


@pytest.mark.parametrize("shape", SHAPES)
def test_the_text_for_torch_is_python(tmp_path, shape):
    saved = home_model(write_homes(tmp_path / "homes.csv"), shape)
    compile(torch_code(plan_of(saved)), "model.py", "exec")


@pytest.mark.skipif(PYTHON is None, reason="PyTorch is not installed; REGDESK_TORCH_PYTHON may name a Python that has it")
@pytest.mark.parametrize("shape", SHAPES)
def test_torch_predicts_as_the_model_does(tmp_path, shape):
    saved = home_model(write_homes(tmp_path / "homes.csv"), shape)
    cells = new_homes()
    expected = expected_of(saved, cells)
    (tmp_path / "model.py").write_text(torch_code(plan_of(saved)), encoding="utf-8")
    (tmp_path / "cells.json").write_text(json.dumps(cells), encoding="utf-8")
    (tmp_path / "run.py").write_text(RUN, encoding="utf-8")
    assert PYTHON is not None
    done = subprocess.run([PYTHON, "run.py"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    if expected.values is not None:
        assert_same(saved, found["values"], expected)
    else:
        assert_same(saved, found["probabilities"], expected, found["values"])
