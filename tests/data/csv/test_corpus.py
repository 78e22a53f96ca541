"""Every file of the corpus gives its answer: loaded exactly, refused, or reported with its line."""

from __future__ import annotations

import importlib.util
from collections import Counter
from pathlib import Path

import pytest
from csv_corpus import CsvCase

CORPUS = Path(__file__).parent / "corpus"


def cases_in(path: Path) -> list[CsvCase]:
    """The cases of a module of the corpus."""
    spec = importlib.util.spec_from_file_location(f"corpus_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: list[CsvCase] = module.CASES
    return found


CASES = {f"{path.stem}: {case.name}": case for path in sorted(CORPUS.glob("*.py")) for case in cases_in(path)}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_the_reader_gives_the_answer(case: CsvCase, tmp_path: Path) -> None:
    case.check(tmp_path)


def test_no_two_cases_have_one_name() -> None:
    for path in CORPUS.glob("*.py"):
        counts = Counter(case.name for case in cases_in(path))
        assert [name for name, count in counts.items() if count > 1] == []
