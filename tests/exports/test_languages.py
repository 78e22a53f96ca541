"""Every language that can run here says what the model says, from raw cells."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import Any

import duckdb
import numpy as np
import pytest
from export_hostile import HOSTILE_LABELS, HOSTILE_NAMES, hostile
from export_models import (
    FORMS,
    N_ROWS,
    NEW_FORMS,
    SHAPES,
    assert_same,
    expected_of,
    forms_model,
    home_model,
    new_homes,
    write_homes,
)
from export_runners import RUNNERS, missing_for, run_sql

from regdesk.data.files.model_file import SavedModel
from regdesk.exports.exported import exported
from regdesk.exports.plan import NotExportable, plan_of
from regdesk.exports.python_code import python_code
from regdesk.exports.r_code import r_code

CASES = [*((shape, "impute") for shape in SHAPES), ("logistic", "drop"), ("linear", "level")]


def asked(language: str):
    missing = missing_for(language)
    if missing is not None:
        pytest.skip(missing)
    return RUNNERS[language]


@pytest.mark.parametrize("language", RUNNERS)
def test_a_language_predicts_as_the_model_does(tmp_path, language):
    run = asked(language)
    path, cells = write_homes(tmp_path / "homes.csv"), new_homes()
    models = [home_model(path, shape, policy) for shape, policy in CASES]
    for case, saved, found in zip(CASES, models, run(tmp_path, models, cells), strict=True):
        expected = expected_of(saved, cells)
        try:
            assert_same(saved, found.numbers, expected, found.labels)
        except AssertionError as error:
            error.add_note(f"That is the case {case!r}.")
            raise
        assert 2 < len(expected.skipped) < (N_ROWS if case[1] == "drop" else 20)
        assert np.isnan(expected.outputs).any()


@pytest.mark.parametrize("language", RUNNERS)
def test_hostile_names_and_labels_do_no_harm_and_compute(tmp_path, language):
    run = asked(language)
    saved = home_model(write_homes(tmp_path / "homes.csv"), "softmax")
    expected = expected_of(saved, new_homes())
    changed = hostile(saved)
    cells = {HOSTILE_NAMES[name]: column for name, column in new_homes().items()}
    colours = [None if one is None else HOSTILE_LABELS.get(one, one) for one in cells[HOSTILE_NAMES["colour"]]]
    cells[HOSTILE_NAMES["colour"]] = colours
    assert expected_of(changed, cells).outputs.tobytes() == expected.outputs.tobytes()
    (found,) = run(tmp_path, [changed], cells)
    assert_same(changed, found.numbers, expected)
    assert found.labels is not None
    assert list(found.labels) == expected_of(changed, cells).labels.tolist()


@pytest.mark.parametrize("language", RUNNERS)
def test_numbers_in_other_forms_are_read_as_in_training(tmp_path, language):
    run = asked(language)
    saved = forms_model(tmp_path / "forms.csv")
    columns = {column.name: column for column in saved.model.encoding.columns}
    forms = [columns[name].number_form for name in ("balance", "share", "francs", "blank")]
    assert forms == ["(1,234.5)", "1234.5 %", "1'234.5", "1 234,5 €"]
    assert columns["zone"].levels == ("1", "2", "3")
    assert [columns[name].date_form for name in ("stamp", "second")] == ["days, 20200131", "seconds since 1970-01-01"]
    names = list(NEW_FORMS)
    # A row for each cell that is new, beside cells that are known.
    cells = {name: [] for name in names}
    for name in names:
        for cell in NEW_FORMS[name]:
            for other in names:
                cells[other].append(cell if other == name else FORMS[other][0])
    expected, (found,) = expected_of(saved, cells), run(tmp_path, [saved], cells)
    numbers = np.array([[np.nan if one is None else one for one in row] for row in found.numbers])[:, 0]
    assert expected.values is not None
    is_known = ~np.isnan(numbers)
    # Where regdesk refuses a row so does the code, which is stricter; SQL reads no exponents in such columns.
    np.testing.assert_allclose(numbers[is_known], expected.values[is_known], rtol=0, atol=1e-12)
    stricter = [cells[names[row // 10]][row] for row in np.flatnonzero(~is_known & ~np.isnan(expected.values)).tolist()]
    assert stricter == (["1e3"] if language in ("sqlite", "duckdb") else [])


@pytest.mark.parametrize("language", RUNNERS)
def test_what_has_a_digit_and_is_no_number_has_no_prediction(tmp_path, language):
    run = asked(language)
    saved = home_model(write_homes(tmp_path / "homes.csv"), "linear")
    cells = new_homes(10)
    own = ["１２", "٣", "۴٫۵", "३", "৪", "๕", "$5", "<5", "-inf", "soon"]
    cells["size"], cells["day"] = own, ["2020-01-31"] * 9 + ["２０２０-01-31"]
    (found,) = run(tmp_path, [saved], cells)
    assert [row[0] is None or row[0] != row[0] for row in found.numbers] == [True] * 10
    cells["day"][9] = "2020-01-31"
    expected = expected_of(saved, cells)
    assert [one.row for one in expected.skipped] == [6, 7, 8]
    assert expected.unseen["size"] == ("soon",)


def test_python_adds_in_the_order_of_the_model(tmp_path):
    saved = home_model(write_homes(tmp_path / "homes.csv"), "tanh")
    for n_rows in (1, N_ROWS):
        cells = {name: column[:n_rows] for name, column in new_homes().items()}
        (found,) = RUNNERS["python"](tmp_path, [saved], cells)
        # Not a bit is another: large inputs of a network that is not standardised would make a last digit matter.
        np.testing.assert_array_equal(np.array(found.numbers)[:, 0], expected_of(saved, cells).values)


EXTREME = (5e-324, -0.0, 1e300, 1 / 3, 2.2250738585072014e-308, -1.7e308, 0.1 + 0.2)


@pytest.mark.parametrize("language", RUNNERS)
def test_no_language_rounds_a_number(tmp_path, language):
    run = asked(language)
    saved = home_model(write_homes(tmp_path / "homes.csv"), "linear")
    cells = new_homes(40)
    models = []
    for number in EXTREME:
        parameters = np.zeros_like(saved.model.parameters)
        # What a column of days counts: a large number with an exact multiple.
        parameters[-1] = number
        scaled = replace(saved.model.encoding.target, mean=0.0, scale=1.0)
        model = replace(saved.model, parameters=parameters, encoding=replace(saved.model.encoding, target=scaled))
        models.append(SavedModel(model, saved.provenance))
    for number, found in zip(EXTREME, run(tmp_path, models, cells), strict=True):
        known = {row[0] for row in found.numbers if row[0] is not None and row[0] == row[0]}
        assert known == {number}


@pytest.mark.parametrize("language", ["r", "sql"])
def test_a_name_that_a_language_cannot_have_is_refused(tmp_path, language):
    saved = home_model(write_homes(tmp_path / "homes.csv"), "softmax")
    with pytest.raises(NotExportable, match=r"has the character U\+0000 in it, which no text of (R|SQL) can have\."):
        exported(hostile(saved, {**HOSTILE_NAMES, "size": "si\0ze"}), language)


@pytest.mark.parametrize("language", ["python", "javascript", "c"])
def test_a_name_with_nul_in_it_computes(tmp_path, language):
    run = asked(language)
    saved = home_model(write_homes(tmp_path / "homes.csv"), "softmax")
    changed = hostile(saved, {**HOSTILE_NAMES, "size": "si\0ze"})
    cells = {("si\0ze" if name == "size" else HOSTILE_NAMES[name]): column for name, column in new_homes().items()}
    cells[HOSTILE_NAMES["colour"]] = ["nothing known"] * N_ROWS
    (found,) = run(tmp_path, [changed], cells)
    assert_same(changed, found.numbers, expected_of(changed, cells))


def test_databases_may_have_types_of_their_own(tmp_path):
    saved = home_model(write_homes(tmp_path / "homes.csv"), "linear")
    cells = new_homes()
    cells["day"] = [None if one is None or row in (31, 47) or one[:2] != "20" else one[:10]
                    for row, one in enumerate(cells["day"])]  # fmt: skip
    cells["size"] = [0.1 * row + 1 / 3 if row % 9 else None for row in range(N_ROWS)]
    found = run_sql(duckdb.connect(), saved, cells, {"size": "DOUBLE", "day": "DATE"})
    assert_same(saved, found.numbers, expected_of(saved, cells))


@pytest.mark.parametrize("language", ["python", "javascript", "c", "r"])
def test_whatever_python_calls_blank_does_not_count_around_a_cell(tmp_path, language):
    run = asked(language)
    saved = home_model(write_homes(tmp_path / "homes.csv"), "linear")
    blanks = [chr(code) for code in range(0x3001) if chr(code).isspace() and code != 0]
    cells = new_homes(len(blanks))
    cells["colour"] = [f"{one}puce{one}" if at % 2 else f"{one} blue{one}" for at, one in enumerate(blanks)]
    cells["size"] = [f"{one}{at}{one}" for at, one in enumerate(blanks)]
    cells["day"] = [f"{one}2020-01-31{one}" for one in blanks]
    (found,) = run(tmp_path, [saved], cells)
    assert_same(saved, found.numbers, expected_of(saved, cells))


DUCKDB_OWN = (
    "user",
    "current_date",
    "current_timestamp",
    "localtime",
    "session_user",
    "user()",
    "main",
    "rowid",
)
"""Names of which DuckDB takes most for functions of its own where it is not said that they are columns."""


@pytest.mark.parametrize("connect", [sqlite3.connect, duckdb.connect])
def test_databases_take_the_cells_of_columns_that_are_called_like_their_own(tmp_path, connect):
    names = dict(zip(HOSTILE_NAMES, DUCKDB_OWN, strict=True))
    saved = hostile(home_model(write_homes(tmp_path / "homes.csv"), "linear"), names, ())
    cells = {names[name]: column for name, column in new_homes(20).items()}
    cells[names["colour"]] = [HOSTILE_LABELS.get(one or "", one) for one in cells[names["colour"]]]
    found = run_sql(connect(":memory:"), saved, cells)
    assert_same(saved, found.numbers, expected_of(saved, cells))


def test_a_column_that_a_row_does_not_have_is_not_missing_in_javascript(tmp_path):
    run = asked("javascript")
    names = HOSTILE_NAMES | {"size": "constructor"}
    saved = hostile(home_model(write_homes(tmp_path / "homes.csv"), "linear"), names, ())
    cells = {names[name]: column for name, column in new_homes(2).items() if name != "size"}
    with pytest.raises(AssertionError, match='there is no column "constructor", which the model needs'):
        run(tmp_path, [saved], cells)


def test_python_reads_what_no_double_holds_and_no_bytes(tmp_path):
    saved = home_model(write_homes(tmp_path / "homes.csv"), "linear")
    module: dict[str, Any] = {}
    exec(compile(python_code(plan_of(saved)), "model.py", "exec"), module)
    cells = {name: column[:1] for name, column in new_homes(2).items()}
    assert np.isnan(module["predict"](cells | {"size": [10**400]})).all()
    for name, cell in (("size", b"80"), ("colour", b"red"), ("day", b"2020-01-31")):
        with pytest.raises(TypeError, match="decode them to text"):
            module["predict"](cells | {name: [cell]})


def test_a_column_that_a_table_does_not_have_is_no_text_in_sqlite(tmp_path):
    saved = home_model(write_homes(tmp_path / "homes.csv"), "linear")
    cells = {name: column for name, column in new_homes(2).items() if name != "size"}
    with pytest.raises(sqlite3.OperationalError, match=r"no such column: regdesk_row\.size"):
        run_sql(sqlite3.connect(":memory:"), saved, cells)


def test_names_that_databases_do_not_tell_apart_are_refused(tmp_path):
    saved = home_model(write_homes(tmp_path / "homes.csv"), "softmax")
    with pytest.raises(NotExportable, match="the columns Größe and GRÖßE are one column to SQLite and DuckDB"):
        exported(hostile(saved, {**HOSTILE_NAMES, "size": "Größe", "colour": "GRÖßE"}), "sql")


def test_no_line_of_r_is_longer_than_rscript_reads_at_once(tmp_path):
    saved = home_model(write_homes(tmp_path / "homes.csv"), "linear")
    columns = [
        replace(one, levels=(many := tuple(f"Größe {place:03d} €" for place in range(300))), seen=many, fill=many[0])
        if one.name == "level"
        else one
        for one in saved.model.encoding.columns
    ]
    changed = replace(saved.model, encoding=replace(saved.model.encoding, columns=tuple(columns)))
    plan = replace(plan_of(saved), columns=plan_of(SavedModel(changed, {})).columns, classes=columns[4].levels)
    assert max(map(len, r_code(plan).splitlines())) < 4_095


@pytest.mark.parametrize("language", ["sqlite", "duckdb"])
def test_blanks_that_are_no_spaces_cost_a_database_one_row_and_no_more(tmp_path, language):
    run = asked(language)
    saved = home_model(write_homes(tmp_path / "homes.csv"), "linear")
    cells = new_homes()
    cells["size"] = ["\u00a0120", "120\u2009", " 120 ", *cells["size"][3:]]
    expected = expected_of(saved, cells)
    (found,) = run(tmp_path, [saved], cells)
    assert [row[0] for row in found.numbers[:2]] == [None, None]
    assert expected.values is not None
    expected.values[:2] = np.nan
    assert_same(saved, found.numbers, expected)
