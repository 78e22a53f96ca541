"""Which points can be moved and added, also where a table has very many columns."""

from __future__ import annotations

from pathlib import Path

import pytest

from regdesk.core.types import DataSettings
from regdesk.data.csv.table import Table
from regdesk.data.editing.point_tools import NOT_SEEN, tools_of
from regdesk.data.formats.reading import read_file
from regdesk.data.prepare.encoding import prepare_dataset

N_COLUMNS = 40


def test_the_names_of_columns_are_gone_through_once_and_not_for_each_feature(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "wide.csv"
    names = [f"x{place}" for place in range(N_COLUMNS)]
    rows = [",".join(f"{(row * 7 + place * 3) % 11}.5" for place in range(N_COLUMNS)) for row in range(20)]
    path.write_text("\n".join([",".join(names), *rows]) + "\n")
    table, settings = read_file(path), DataSettings(target="x0")
    dataset = prepare_dataset(table, settings, 0)
    asked: list[Table] = []
    usual = Table.column_names

    def counted(asked_of: Table) -> tuple[str, ...]:
        asked.append(asked_of)
        return usual.fget(asked_of)

    monkeypatch.setattr(Table, "column_names", property(counted))
    assert len(dataset.features) == N_COLUMNS - 1
    assert tools_of(table, settings, dataset, "", False).no_move == NOT_SEEN
    assert len(asked) == 1
