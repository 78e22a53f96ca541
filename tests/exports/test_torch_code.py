"""The text for PyTorch is a module of Python, also where PyTorch cannot run it."""

from __future__ import annotations

import ast

import pytest
from export_models import SHAPES, home_model, write_homes

from regdesk.exports.plan import plan_of
from regdesk.exports.torch_code import torch_code


@pytest.mark.parametrize("shape", SHAPES)
def test_the_text_for_torch_has_the_class_and_its_methods(tmp_path, shape):
    saved = home_model(write_homes(tmp_path / "homes.csv"), shape)
    tree = ast.parse(torch_code(plan_of(saved)))
    (module,) = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    methods = {node.name for node in module.body if isinstance(node, ast.FunctionDef)}
    assert methods == {"__init__", "forward", "predict"} | ({"predict_proba"} if saved.model.classes else set())
