"""Month and weekday of dates as features: what they are, in training and in new rows."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from regdesk.core.fitted.encoding import Encoding
from regdesk.core.fitted.encoding_form import encoding_from_dict, encoding_to_dict
from regdesk.core.types import DataSettings
from regdesk.data.csv.reader import read_table
from regdesk.data.csv.table import Table
from regdesk.data.errors import DataError
from regdesk.data.prepare.encoding import prepare_dataset
from regdesk.data.prepare.file_rows import read_rows
from regdesk.data.prepare.mapping_rows import MappingRows
from regdesk.data.prepare.table_rows import TableRows

DAYS = ["31.01.2024", "01.02.2024", "03.03.2024", "", "29.02.2024", "04.03.2024", "05.01.2024", "14.03.2025"]
PARSED = [None if not day else datetime.strptime(day, "%d.%m.%Y").replace(tzinfo=UTC) for day in DAYS]
SETTINGS = DataSettings(target="y", date_parts=("when",), validation_fraction=0.0)


def table_of(folder: Path, days: list[str] = DAYS, name: str = "days.csv") -> Table:
    path = folder / name
    rows = "".join(f"{day};{number % 3}.5;{number * number % 5}.25\n" for number, day in enumerate(days))
    path.write_text("when;x;y\n" + rows, encoding="utf-8")
    return read_table(path)


def expected_inputs(encoding: Encoding, part: str) -> np.ndarray:
    """Zeros and ones of the levels of a part, by strftime; a missing day is the most frequent part."""
    (column,) = [one for one in encoding.columns if one.part == part]
    said = [column.fill if day is None else day.strftime("%B" if part == "month" else "%A") for day in PARSED]
    return np.array([[float(one == level) for level in column.levels] for one in said])


def test_month_and_weekday_are_inputs_by_their_names(tmp_path: Path) -> None:
    dataset = prepare_dataset(table_of(tmp_path), SETTINGS)
    assert dataset.features == ("x", "when month", "when weekday")
    assert dataset.input_names[1:4] == ("when month=February", "when month=January", "when month=March")
    encoding = dataset.encoding
    assert encoding is not None
    np.testing.assert_array_equal(dataset.inputs[:, 1:4], expected_inputs(encoding, "month"))
    np.testing.assert_array_equal(dataset.inputs[:, 4:], expected_inputs(encoding, "weekday"))
    assert "Left out: when (datetime)." in dataset.notes


@pytest.mark.parametrize("features", [("when",), ("when", "x")])
def test_the_days_are_a_feature_beside_their_parts_where_they_are_chosen(
    tmp_path: Path, features: tuple[str, ...]
) -> None:
    settings = DataSettings(target="y", features=features, date_parts=("all",), validation_fraction=0.0)
    dataset = prepare_dataset(table_of(tmp_path), settings)
    assert dataset.features == (*features, "when month", "when weekday")
    assert dataset.inputs[0, 0] == 19753.0


def test_new_rows_have_the_same_parts(tmp_path: Path) -> None:
    table = table_of(tmp_path)
    dataset = prepare_dataset(table, SETTINGS)
    assert dataset.encoding is not None
    encoding = encoding_from_dict(json.loads(json.dumps(encoding_to_dict(dataset.encoding))))
    assert encoding == dataset.encoding
    (block,) = read_rows(table.path, encoding)
    numbers = [number % 3 + 0.5 for number in range(len(DAYS))]
    texts, moments = (
        MappingRows({"when": DAYS, "x": numbers}, encoding),
        MappingRows({"when": PARSED, "x": numbers}, encoding),
    )
    for rows in (TableRows(table), block, texts, moments):
        applied = encoding.apply(rows)
        np.testing.assert_array_equal(applied.inputs, dataset.inputs)
        assert applied.imputed == {"when month": 1, "when weekday": 1}


def test_a_month_of_no_training_row_and_a_word_are_filled_and_counted(tmp_path: Path) -> None:
    encoding = prepare_dataset(table_of(tmp_path), SETTINGS).encoding
    assert encoding is not None
    applied = encoding.apply(MappingRows({"when": ["01.08.2024", "spring", "-"], "x": [1.0, 2.0, 3.0]}, encoding))
    assert applied.unseen == {"when month": ("August", "spring"), "when weekday": ("spring",)}
    assert applied.imputed == {"when month": 1, "when weekday": 1}


def test_a_word_that_is_no_date_is_no_month_and_is_not_filled_where_training_dropped_it(tmp_path: Path) -> None:
    table = table_of(tmp_path)
    encoding = prepare_dataset(table, SETTINGS).encoding
    assert encoding is not None
    column = next(one for one in encoding.columns if one.part == "month")
    name = next(one for one in column.seen if one != column.fill)
    cells = ["01.08.2024", name, "spring", "31.02.2024", PARSED[0], None]
    applied = encoding.apply(MappingRows({"when": cells, "x": [1.0] * 6}, encoding))
    np.testing.assert_array_equal(applied.inputs[1], applied.inputs[2])
    assert applied.unseen["when month"] == ("August", name, "spring", "31.02.2024")
    dropping = replace(encoding, missing="drop").apply(MappingRows({"when": cells, "x": [1.0] * 6}, encoding))
    said = "is not a date, and rows that lack a cell were not trained on"
    assert [(one.row, one.reason) for one in dropping.faults] == [
        *((row, f"{cells[row]!r} {said}") for row in (1, 2, 3)),
        (5, "it is missing, and rows that lack a cell were not trained on"),
    ]
    assert dropping.unseen == {"when month": ("August",)}


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        ("then", "there is no column 'then' of which there could be month and weekday"),
        ("x", "column 'x': it holds no days of the calendar"),
    ],
)
def test_what_has_no_parts_is_named(tmp_path: Path, wanted: str, sentence: str) -> None:
    with pytest.raises(DataError, match=sentence):
        prepare_dataset(table_of(tmp_path), DataSettings(target="y", date_parts=(wanted,)))


def test_times_of_day_have_no_parts(tmp_path: Path) -> None:
    table = table_of(tmp_path, ["12:30", "0:15", "6:00", "18:45", "7:00", "8:00"])
    with pytest.raises(DataError, match="no days of the calendar"):
        prepare_dataset(table, SETTINGS)
    assert prepare_dataset(table, DataSettings(target="y", date_parts=("all",))).features == ("x",)
