"""Every file of the corpus gives its answer: loaded exactly, refused, or reported with its line."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from csv_corpus import CORPUS, CsvCase, cases_in, corpus

CASES = corpus()


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_the_reader_gives_the_answer(case: CsvCase, tmp_path: Path) -> None:
    case.check(tmp_path)


def test_no_two_cases_have_one_name() -> None:
    for path in CORPUS.glob("*.py"):
        counts = Counter(case.name for case in cases_in(path))
        assert [name for name, count in counts.items() if count > 1] == []
