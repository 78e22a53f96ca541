"""Random tables, written in random dialects, come back as they were, or are refused; nothing is silently another."""

from __future__ import annotations

from pathlib import Path

import pytest
from csv_corpus import cells_of
from hypothesis import HealthCheck, assume, given, settings
from random_tables import WrittenTable, written_tables

from regdesk.data.csv.reader import read_table
from regdesk.data.errors import DataError

MOST_REFUSED = 0.03


@pytest.mark.parametrize("n_tables", [150, pytest.param(3000, marks=pytest.mark.full)])
def test_a_table_comes_back_as_it_was_written(n_tables: int, tmp_path: Path) -> None:
    path, refused, read = tmp_path / "t.csv", [], []

    @settings(max_examples=n_tables, derandomize=n_tables < 1000, suppress_health_check=list(HealthCheck))
    @given(written_tables())
    def comes_back(table: WrittenTable) -> None:
        first = next(iter(table.columns.values()))
        # Rows that are all alike have no first one which is a header.
        assume(len(set(first)) > 1)
        path.write_bytes(table.content)
        try:
            found = cells_of(read_table(path))
        except DataError as error:
            refused.append(str(error))
            return
        read.append(path)
        assert list(found) == list(table.columns), table.dialect
        for name, cells in table.columns.items():
            assert found[name] == cells, (table.dialect, name)

    comes_back()
    assert len(refused) <= MOST_REFUSED * len(read), refused
