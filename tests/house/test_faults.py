"""The faults that are planted to try the tests: each is a fault, and the same seed draws the same ones."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "faults"))
from fault_kinds import KINDS, Fault, faults_of
from plant_faults import COMPILED, MOST_COMPILED, ROOT, drawn_faults, folders_of, neighbours_of


@pytest.mark.parametrize(
    ("source", "kind", "planted"),
    [
        ("a = b + c\n", "sign", "a = b - c\n"),
        ("a = b - c\n", "sign", "a = b + c\n"),
        ("a = -b\n", "sign", "a = b\n"),
        ("a = b < c\n", "comparison", "a = b <= c\n"),
        ("a = b is not c\n", "comparison", "a = b is c\n"),
        ("a = b not in c\n", "comparison", "a = b in c\n"),
        ("λ = 3\n", "constant", "λ = 6\n"),
        ("a = 0.5\n", "constant", "a = 1.5\n"),
        ("a = True\n", "constant", "a = False\n"),
        ("if a:\n    b(c,\n      d)\n", "dropped call", "if a:\n    pass\n"),
    ],
)
def test_a_fault_stands_where_it_is_planted(source, kind, planted):
    faults = faults_of(source)
    assert [(fault.kind, fault.planted(source)) for fault in faults] == [(kind, planted)]


@pytest.mark.parametrize("source", ["x: Literal[3]\n", "from a import b\n", "a = 'b' + c\n", "a = f'{b + 1}'\n"])
def test_words_and_annotations_are_left_alone(source):
    assert faults_of(source) == []


def test_a_fault_does_not_stand_in_another_source():
    with pytest.raises(ValueError, match="line 1 does not read"):
        Fault("sign", 1, 0, 1, "+", "-").planted("a")


def test_every_room_gets_faults_that_are_sources_still():
    chosen = drawn_faults(1, 120)
    assert len(chosen) == 120
    few = drawn_faults(1, 20, "cli")
    assert few == drawn_faults(1, 20, "cli")
    assert few != drawn_faults(2, 20, "cli")
    rooms = [one.room for one in chosen]
    assert {"core/linear", "workers", "session", "views/fit", "cli", "data/csv"} <= set(rooms)
    assert 0 < rooms.count(COMPILED) <= MOST_COMPILED
    assert {one.fault.kind for one in chosen} == set(KINDS)
    for one in chosen:
        source = (ROOT / one.file).read_text(encoding="utf-8")
        assert ast.dump(ast.parse(one.fault.planted(source))) != ast.dump(ast.parse(source)), one


def test_each_room_has_tests_near_it():
    assert folders_of("core/linear") == ["tests/core/linear"]
    assert folders_of("views/window") == ["tests/views/window"]
    assert folders_of("app") == ["tests/system"]


def test_what_builds_on_a_file_is_near_it():
    assert "tests/api" in neighbours_of("regdesk/api/calls.py")
    near = neighbours_of("regdesk/core/linear/cross_validation.py")
    assert {"tests/core/linear/test_cross_validation.py", "tests/tasks"} <= set(near)
    assert "tests/views/fit" not in near
