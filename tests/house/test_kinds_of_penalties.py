"""What depends on which penalty it is stands in core/model and the engine's tables: nobody else asks for its kind."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2] / "regdesk"
TRESPASSES = re.compile(
    r"isinstance\([^()]*,\s*\(?\s*(?:ElasticNet|GroupLasso|Penalty)\b|\bis_grouped\b|\btype\(\w*penalty\)"
)
OWN_ROOMS = ("core/model/", "core/engine/")
ENGINE_TABLES = {"core/training/stack_arrays.py"}
"""Makes the arrays that the engine reads."""


def trespasses(text: str) -> list[str]:
    return TRESPASSES.findall(text)


def test_nobody_asks_which_penalty_it_is():
    found = {}
    for path in ROOT.rglob("*.py"):
        name = path.relative_to(ROOT).as_posix()
        if not name.startswith(OWN_ROOMS) and name not in ENGINE_TABLES:
            found[name] = trespasses(path.read_text(encoding="utf-8"))
    assert {name: lines for name, lines in found.items() if lines} == {}
    assert len(found) > 100


def test_the_search_sees_each_way_of_asking():
    assert trespasses("if isinstance(self.penalty, (ElasticNet, L1)):")
    assert trespasses("if isinstance(penalty, GroupLasso) and x:")
    assert trespasses("if settings.is_grouped:")
    assert trespasses("key = type(penalty)")
    assert not trespasses("return ElasticNet(0.0, 1.0)")
