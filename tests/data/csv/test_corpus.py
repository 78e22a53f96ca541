"""Every file of the corpus gives its answer: loaded exactly, refused, or reported with its line."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from csv_corpus import CORPUS, KINDS, cases_in, cells_of, corpus, kinds_by_group, table_of_kinds

from regdesk.core.reading_options import ReadingOffer
from regdesk.data.columns.given_readings import GivenReading
from regdesk.data.csv.table import Table
from regdesk.data.errors import DataError
from regdesk.data.formats.reading import read_file

CASES = corpus()
N_TOGETHER = 20
"""A test of its own for each would take more time than the case."""
NAMES = list(CASES)
PARTS = [NAMES[begin : begin + N_TOGETHER] for begin in range(0, len(NAMES), N_TOGETHER)]


@pytest.mark.parametrize("names", PARTS, ids=[f"{names[0]} … {names[-1]}" for names in PARTS])
def test_the_reader_gives_the_answer_and_what_its_warnings_offer(names: list[str], tmp_path: Path) -> None:
    for number, name in enumerate(names):
        folder = tmp_path / str(number)
        folder.mkdir()
        case = CASES[name]
        try:
            path, table = case.check(folder)
            for warning in () if isinstance(table, DataError) else table.warnings:
                if warning.offer is not None:
                    assert warning.offer.option in warning.message
                    check_offer(warning.offer, table, read_file(path, warning.offer.taken(case.options)), case.name)
        except BaseException as error:
            error.add_note(f"That is the case {name!r}.")
            raise


def check_offer(offer: ReadingOffer, before: Table, after: Table, name: str) -> None:
    """It changes what it speaks of, and no other column."""
    cells, new_cells = cells_of(before), cells_of(after)
    given = GivenReading(words=offer.missing)
    for column, new in zip(before.columns, after.columns, strict=True):
        gone = [
            cell in given.missing_words if isinstance(cell, str) else cell in given.missing_numbers.tolist()
            for cell in cells[column.name]
        ]
        if offer.missing and any(gone):
            assert new.missing[np.array(gone) | column.missing].all(), name
        elif offer.kind and column.name == offer.column:
            assert new.kind in (offer.kind, "constant"), name
        else:
            assert new_cells[new.name] == cells[column.name], name


def test_no_two_cases_have_one_name() -> None:
    for path in CORPUS.glob("*.py"):
        counts = Counter(case.name for case in cases_in(path))
        assert [name for name, count in counts.items() if count > 1] == []


def test_every_kind_of_trouble_has_cases() -> None:
    counts = kinds_by_group(CASES)
    assert list(counts) == list(KINDS)
    assert [kind for kind in KINDS if counts[kind].total() < 5] == [], table_of_kinds(CASES)


def test_every_group_has_cases() -> None:
    counts = Counter(case.group for case in CASES.values())
    assert min(counts.values()) >= 40
    assert len(counts) == 4
