"""Covering arrays cover what they say, with few cases; the others of the product wait under their mark."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import combinations, product
from pathlib import Path

import pytest
from covering import covered, covering_rows

ROOT = Path(__file__).resolve().parents[2]
PRODUCTS = [
    ((2, 3, 5, 3, 2, 2), ((2, 3, 5), (0, 3, 5)), 30),
    ((3, 2, 3, 4), ((0, 2, 3),), 36),
    ((2, 2, 4, 3, 4), (), 20),
    ((5, 7, 5), (), 40),
    ((15, 3, 2), (), 45),
    ((3, 4), (), 12),
    ((6,), (), 6),
    ((3, 0, 2), (), 0),
]
"""How many values each factor has, the factors that occur together, and the most cases that we want to pay for."""
CASES = """
from covering import covered

@covered(a=[0, 1], b=[0, 1], c=[0, 1])
def test_product(a, b, c):
    pass
"""


@pytest.mark.parametrize(("n_values", "together", "most"), PRODUCTS)
def test_every_pair_and_every_triple_that_was_asked_for_occurs(
    n_values: tuple[int, ...], together: tuple[tuple[int, ...], ...], most: int
) -> None:
    rows = covering_rows(n_values, together)
    for factors in [*combinations(range(len(n_values)), min(2, len(n_values))), *together]:
        wanted = set(product(*(range(n_values[factor]) for factor in factors)))
        assert {tuple(row[factor] for factor in factors) for row in rows} == (wanted if all(n_values) else set())
    assert len(rows) == len({*rows}) <= most
    assert rows == covering_rows(n_values, together)


def test_the_cases_and_the_others_make_up_the_product() -> None:
    mark = covered(size=[1, 2, 3], kind=["a", "b"], flag=[True, False], together=[("size", "kind")])
    names, cases = mark.args
    assert names == ["size", "kind", "flag"]
    assert sorted(case.values for case in cases) == sorted(product([1, 2, 3], ["a", "b"], [True, False]))
    usual = [case.values for case in cases if not case.marks]
    assert len(usual) == 6
    assert {values[:2] for values in usual} == set(product([1, 2, 3], ["a", "b"]))


def test_a_name_that_is_no_factor_is_refused() -> None:
    with pytest.raises(ValueError, match="penalti"):
        covered(penalty=[1, 2], optimizer=[1, 2], together=[("penalti", "optimizer")])


ASKED = {
    "test_cases.py": "4/8 tests collected (4 deselected)",
    "test_cases.py -m full": "4/8 tests collected (4 deselected)",
    "test_cases.py::test_product[1-1-1] test_cases.py::test_product[0-0-0]": "2 tests collected",
}
"""What pytest is asked for, and what it says then."""
COLLECT = """
import sys, pytest
for asked in sys.argv[1:]:
    print("== asked", asked)
    pytest.main(["-q", "--collect-only", "-p", "no:cacheprovider", *asked.split()])
"""


def test_a_case_beyond_the_array_is_run_when_it_is_asked_for(tmp_path: Path) -> None:
    for name in ("pyproject.toml", "tests/conftest.py"):
        (tmp_path / Path(name).name).write_text((ROOT / name).read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "test_cases.py").write_text(CASES, encoding="utf-8")
    paths = os.pathsep.join([str(ROOT), str(ROOT / "tests" / "support")])
    done = subprocess.run(
        [sys.executable, "-c", COLLECT, *ASKED], cwd=tmp_path, env=os.environ | {"PYTHONPATH": paths},
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    answers = done.stdout.split("== asked ")[1:]
    assert len(answers) == len(ASKED), done.stdout + done.stderr
    for answer, (asked, said) in zip(answers, ASKED.items(), strict=True):
        assert answer.startswith(f"{asked}\n")
        assert said in answer, answer + done.stderr
