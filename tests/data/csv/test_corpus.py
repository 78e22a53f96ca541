"""Every file of the corpus gives its answer: loaded exactly, refused, or reported with its line."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from csv_corpus import CORPUS, KINDS, CsvCase, cases_in, corpus, kinds_by_group, table_of_kinds

CASES = corpus()


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_the_reader_gives_the_answer(case: CsvCase, tmp_path: Path) -> None:
    case.check(tmp_path)


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
