"""Every file of the corpus gives its answer: loaded exactly, refused, or reported with its line."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from csv_corpus import CORPUS, KINDS, cases_in, corpus, kinds_by_group, table_of_kinds

CASES = corpus()
N_TOGETHER = 20
"""A test of its own for each would take more time than the case."""
NAMES = list(CASES)
PARTS = [NAMES[begin : begin + N_TOGETHER] for begin in range(0, len(NAMES), N_TOGETHER)]


@pytest.mark.parametrize("names", PARTS, ids=[f"{names[0]} … {names[-1]}" for names in PARTS])
def test_the_reader_gives_the_answer(names: list[str], tmp_path: Path) -> None:
    for number, name in enumerate(names):
        folder = tmp_path / str(number)
        folder.mkdir()
        try:
            CASES[name].check(folder)
        except BaseException as error:
            error.add_note(f"That is the case {name!r}.")
            raise


def test_no_two_cases_have_one_name() -> None:
    for path in CORPUS.glob("*.py"):
        counts = Counter(case.name for case in cases_in(path))
        assert [name for name, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_trouble_has_cases(kind: str) -> None:
    assert kinds_by_group(CASES)[kind].total() >= 5, table_of_kinds(CASES)


def test_every_group_has_cases() -> None:
    counts = Counter(case.group for case in CASES.values())
    assert min(counts.values()) >= 40
    assert len(counts) == 4
