"""Compiled functions are told apart by name: parts of the engine may be compiled by different processes."""

from __future__ import annotations

import importlib
import pkgutil
from collections import defaultdict
from typing import Any

from numba.core.dispatcher import Dispatcher

from regdesk.core import engine


def compiled_functions() -> dict[int, Any]:
    """Every compiled function of the engine's modules, those included that have no cache of their own."""
    found = {}
    for module in pkgutil.iter_modules(engine.__path__, f"{engine.__name__}."):
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, Dispatcher):
                found[id(value)] = value
    return found


def test_no_two_compiled_functions_have_one_name():
    by_name = defaultdict(list)
    for function in compiled_functions().values():
        python = function.py_func
        by_name[python.__module__, python.__qualname__].append(function)
    assert len(by_name) > 100
    assert [name for name, functions in by_name.items() if len(functions) > 1] == []
