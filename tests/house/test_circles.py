"""No files of the program import each other in a circle, not even for types or inside functions.

Whoever reads a file can know all that it rests on first, and comes back to none.
"""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter

import pytest
from program_source import MODULES, all_sources, imports_of, module_of


def order_of(rests_on: dict[str, set[str]]) -> list[str]:
    """Modules with the lowest first. Raises CycleError, which names a circle."""
    return list(TopologicalSorter(rests_on).static_order())


def test_no_files_import_each_other_in_a_circle():
    rests_on = {}
    for path in all_sources():
        name = module_of(path)
        found = imports_of(path.read_text(encoding="utf-8"), name, path.name == "__init__.py")
        rests_on[name] = (found & set(MODULES)) - {name}
    order = order_of(rests_on)
    assert order.index("regdesk.core.types") < order.index("regdesk.core.linear.path") < order.index("regdesk.app")


def test_a_circle_among_types_alone_would_be_seen():
    source = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from regdesk.core.types import Loss\n"
    back = imports_of(source, "regdesk.core.errors")
    with pytest.raises(CycleError, match=r"regdesk\.core\.errors"):
        order_of({"regdesk.core.errors": back, "regdesk.core.types": {"regdesk.core.errors"}})
