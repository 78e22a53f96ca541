"""What scripts hand over that nobody should: the right prediction, or one sentence of ours that says what and where."""

from __future__ import annotations

from collections import UserDict
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from regdesk import api
from regdesk.core.settings.run_table import ENDING, MODEL, SWEEP
from regdesk.core.settings.settings_table import DATA, setting_at

N_ROWS = 24
COLOURS = ("blue", "green", "red")


@pytest.fixture(scope="module")
def table(tmp_path_factory) -> api.Table:
    """Of every kind of column that a model can have: numbers, labels, labels 1 to 3, 0 or 1, yes or no, and dates."""
    path = tmp_path_factory.mktemp("given") / "given.csv"
    lines = ["size,colour,level,flag,answer,day,y"]
    for row in range(N_ROWS):
        day = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=row * row % 17)
        level = "1" if row == 0 else ("low", "2", "3")[row % 3]
        lines.append(
            f"{row * 7 % 11},{COLOURS[row % 3]},{level},{row % 2},{('no', 'yes')[row // 2 % 2]},{day:%d/%m/%Y},"
            f"{row * 5 % 13 + row % 2}"
        )
    path.write_text("\n".join(lines) + "\n")
    return api.read(path)


@pytest.fixture(scope="module")
def model(table) -> api.FittedModel:
    features = ["size", "colour", "level", "flag", "answer", "day"]
    return api.fit(table, "y", hidden=(), features=features, lam=1e-3, validation_fraction=0)


def row(**cells: Any) -> dict[str, list[Any]]:
    """One row, with ``cells`` in place of its own."""
    own = {"size": 3, "colour": "red", "level": "2", "flag": "1", "answer": "yes", "day": "05/01/2024"}
    return {name: [cell] for name, cell in (own | cells).items()}


def predicted(model: api.FittedModel, **cells: Any) -> float:
    (found,) = model.predict(row(**cells))
    return float(found)


MISSING = (
    None,
    float("nan"),
    np.float32("nan"),
    np.ma.masked,
    Decimal("NaN"),
    Decimal("sNaN"),
    np.datetime64("NaT"),
    "",
)


@pytest.mark.parametrize(("name", "fill"), [("size", "5"), ("colour", "blue"), ("flag", "0"), ("day", None)])
def test_whatever_means_missing_is_filled(model, name, fill):
    found = {predicted(model, **{name: cell}) for cell in MISSING}
    assert len(found) == 1
    if fill is not None:
        assert found == {predicted(model, **{name: fill})}
    assert found != {predicted(model, **{name: {"size": 9, "day": "17/01/2024", "flag": "1"}.get(name, "green")})}


@pytest.mark.parametrize(
    ("name", "cell", "same"),
    [
        ("size", Decimal("3"), 3), ("size", Fraction(6, 2), 3), ("size", np.int8(3), 3), ("size", np.longdouble(3), 3),
        ("size", "3", 3), ("size", True, 1), ("size", np.str_("3.0"), 3),
        ("colour", np.str_("red"), "red"), ("colour", " red ", "red"),
        ("level", 2, "2"), ("level", 2.0, "2"), ("level", np.float32(3), "3"), ("level", Decimal(3), "3"),
        ("flag", True, "1"), ("flag", np.bool_(False), "0"), ("flag", 1.0, "1"),
        ("answer", True, "yes"), ("answer", False, "no"), ("answer", "YES", "yes"),
        ("day", date(2024, 1, 7), "07/01/2024"), ("day", datetime(2024, 1, 7, tzinfo=UTC), "07/01/2024"),
        ("day", np.datetime64("2024-01-07"), "07/01/2024"),
        ("day", np.datetime64("2024-01-07T00:00:00.000000000", "ns"), "07/01/2024"),
        ("day", datetime(2024, 1, 7, 1, tzinfo=timezone(timedelta(hours=1))), "07/01/2024"),
        ("day", np.str_("07/01/2024"), "07/01/2024"),
    ],
)  # fmt: skip
def test_a_cell_means_what_it_says_in_any_type(model, name, cell, same):
    assert predicted(model, **{name: cell}) == predicted(model, **{name: same})
    other = {"size": 9, "colour": "green", "level": "low", "flag": 1 - int(float(same)) if name == "flag" else 0,
             "answer": "no" if str(same).lower() == "yes" else "yes", "day": "08/01/2024"}[name]  # fmt: skip
    assert predicted(model, **{name: cell}) != predicted(model, **{name: other})


def test_an_hour_of_a_day_counts_where_python_has_it(model):
    noon, days = datetime(2024, 1, 7, 12, tzinfo=UTC), [date(2024, 1, 7), date(2024, 1, 8)]
    first, second = (predicted(model, day=day) for day in days)
    assert predicted(model, day=noon) == pytest.approx((first + second) / 2, abs=1e-9)


@pytest.mark.parametrize(
    "column",
    [
        np.ma.masked_array([3.0, 9.0], [False, True]),
        np.ma.masked_array(["3", "9"], [False, True]),
        np.array([3.0, np.nan], np.float32),
        np.array([3, None], object),
        (3, None),
        iter([3, None]),
        range(3, 5),
    ],
)
def test_columns_may_be_arrays_masked_arrays_and_anything_that_is_iterated(model, column):
    others = {name: cells * 2 for name, cells in row().items()}
    last = 4 if isinstance(column, range) else None
    expected = [predicted(model, size=3), predicted(model, size=last)]
    assert model.predict(others | {"size": column}).tolist() == expected
    assert model.predict(UserDict(others | {"size": [3, last]})).tolist() == expected


class Frame:
    """A data frame without ``keys``, as polars has it."""

    def __init__(self, cells: dict[str, list[Any]]) -> None:
        self.columns = list(cells)
        self._cells = cells

    def __getitem__(self, name: str) -> list[Any]:
        return self._cells[name]


class NAType:
    """What pandas has for missing in whole columns: a comparison with it says neither yes nor no."""

    def __ne__(self, other: object) -> Any:
        return self

    def __bool__(self) -> bool:
        raise TypeError("boolean value of NA is ambiguous")


def test_data_frames_of_either_kind_are_read(model):
    assert model.predict(Frame(row(size=NAType()))).tolist() == [predicted(model, size=None)]
    named = {np.str_(name): cells for name, cells in row().items()}
    assert model.predict(named).tolist() == [predicted(model)]


@pytest.mark.parametrize(
    ("name", "cell", "words"),
    [
        ("colour", 5, "column 'colour': row 1 is 5, and the model was fitted on labels, such as 'blue'."),
        ("colour", 5.5, "row 1 is 5.5, and the model was fitted on labels"),
        pytest.param("colour", 10**5000, "row 1 is inf, and the model was fitted on labels", id="thousands of digits"),
        ("colour", "5", "row 1 is the text '5', and the model was fitted on labels"),
        ("colour", True, "row 1 is True, and the model was fitted on labels"),
        ("colour", np.datetime64("2024-01-07"), "row 1 is the date 2024-01-07T00:00:00+00:00, and the model was"),
        ("level", float("inf"), "row 1 is inf, and the model was fitted on labels"),
        ("level", 7, "row 1 is 7, and the model was fitted on labels, such as '1'."),
        ("level", "7", "row 1 is the text '7', and the model was fitted on labels, such as '1'."),
        ("answer", 1, "row 1 is 1, and the model was fitted on labels, such as 'no'."),
        ("colour", b"red", "column 'colour': row 1 is bytes, and a cell is a number, a text, true or false, a date or "
                           "None; decode them to text."),
        ("size", b"3", "row 1 is bytes, and a cell is"),
        ("size", object(), "row 1 is an object, and a cell is"),
        ("size", [3], "row 1 is a list, and a cell is"),
        ("size", 3j, "row 1 is a complex, and a cell is"),
        ("size", np.timedelta64(3, "D"), "row 1 is a timedelta, and a cell is"),
        ("size", timedelta(3), "row 1 is a timedelta, and a cell is"),
        ("size", np.zeros(2), "row 1 is an array of 2, and a cell is"),
        ("day", np.datetime64("12024-01-07"), "row 1 is of the year 12024; dates go from 1 to 9999."),
        ("day", np.datetime64("300000", "Y"), "row 1 is of the year 300000; dates go from 1 to 9999."),
        ("day", 5, "'5' is not a date in the form that the model was fitted on"),
        ("day", 10**400, "'inf' is not a date in the form that the model was fitted on"),
        ("size", np.datetime64("2024-01-07"), "'2024-01-07 00:00:00+00:00' is not a number"),
    ],
)  # fmt: skip
def test_a_cell_that_can_be_none_is_named_with_its_row_and_column(model, name, cell, words):
    with pytest.raises(api.DataError) as caught:
        predicted(model, **{name: cell})
    sentence = str(caught.value)
    assert words in sentence
    assert sentence.startswith(f"columns given, column '{name}': ")
    assert sentence.endswith(".")
    assert "\n" not in sentence


@pytest.mark.parametrize(
    "cell",
    [10**400, pytest.param(-(10**5000), id="digits"), float("inf"), np.float32("-inf"), Fraction(10**400)],
)
def test_a_row_with_a_number_beyond_floats_has_no_prediction(model, cell):
    assert np.isnan(predicted(model, size=cell))
    (found,) = model.predictions_of(row(size=cell))
    assert [fault.sentence for fault in found.skipped] == ["size: it is infinite or too large."]


@pytest.mark.parametrize(
    ("column", "words"),
    [
        (5, "a column is a list or an array with a cell for each row, not 5."),
        (None, "a column is a list or an array with a cell for each row, not None."),
        ("red", "a column is a list or an array with a cell for each row, not the text 'red'."),
        (b"red", "not bytes."),
        ({"a": 1}, "not a dict."),
        ({1.0}, "not a set."),
        (np.float64(3), "not 3.0."),
        (np.ma.masked, "not an array without rows, --."),
        (np.array(3.0), "not an array without rows, 3.0."),
        (np.zeros((1, 2)), "a column has one dimension, and this has 2, 1 × 2."),
        (np.zeros((1, 1)), "a column has one dimension, and this has 2, 1 × 1."),
        ([1, 2], "it has 1 cells and 'size' has 2"),
    ],
)
def test_what_is_no_column_is_named(model, column, words):
    with pytest.raises(api.DataError) as caught:
        model.predict(row() | {"size": column})
    assert str(caught.value).startswith("columns given, column '")
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("rows", "shown"),
    [
        (None, "None"), (5, "5"), ([1, 2], "a list"), (np.zeros((4, 6)), "an array of 4 × 6"),
        (dict, "a type"),
    ],
)  # fmt: skip
def test_what_are_no_rows_are_named(model, rows, shown):
    for ask in (model.predict, model.predictions_of):
        with pytest.raises(api.DataError) as caught:
            ask(rows)
        assert str(caught.value) == (
            f"columns given: rows are a table that read() has made, a dict of columns or a data frame, not {shown}."
        )


@pytest.mark.parametrize("file", ["new.csv", Path("new.csv")])
def test_a_file_of_new_rows_that_is_not_there_is_named(model, file):
    for ask in (model.predict, model.predictions_of):
        with pytest.raises(api.DataError) as caught:
            ask(file)
        assert str(caught.value) == "new.csv: there is no such file (new.csv); check the name and the folder."


@pytest.mark.parametrize("path", [None, 5, "", b"a.csv", "a\0.csv", [], [5], [""]])
def test_what_is_no_name_of_a_file_is_refused(path):
    with pytest.raises(api.UsageError, match=r"^path: it must be the name of a file, not .*\.$"):
        api.read(path)


def test_a_delimiter_is_read_as_on_the_command_line(table, tmp_path):
    (tmp_path / "tabs.csv").write_text("a\tb\n1\t2\n")
    assert api.read(tmp_path / "tabs.csv", delimiter="tab").column_names == ("a", "b")
    for wrong in (5, "ab", "", "x"):
        with pytest.raises(api.UsageError, match=r"^delimiter: .*\.$"):
            api.read(tmp_path / "tabs.csv", delimiter=wrong)


@pytest.mark.parametrize("given", ["given.csv", Path("given.csv"), None, {"a": [1]}, np.zeros((2, 2))])
def test_what_is_no_table_is_refused(given):
    for begin in (api.fit, api.sweep):
        with pytest.raises(
            api.UsageError, match=r"^table: it must be a table, which read\(\) makes of a file, not .*\.$"
        ):
            begin(given, "y")


@pytest.mark.parametrize("target", [None, 5, "", ["y"], b"y", "x" * 5000])
def test_what_is_no_name_of_a_target_is_refused(table, target):
    with pytest.raises(api.UsageError, match=r"^target: .*\.$"):
        api.fit(table, target)


def test_the_target_can_be_a_role(table):
    said = api.fit(table, role={"y": "target", "day": "feature", "flag": "ignored"}, hidden=(), lam=0.1).model
    named = api.fit(table, "y", role=[("day", "feature"), ("flag", "ignored")], hidden=(), lam=0.1).model
    assert said.configuration == named.configuration
    np.testing.assert_array_equal(said.parameters, named.parameters)
    swept = api.sweep(table, role="y=target", hidden=(), n_lambdas=3, folds=2).result
    assert swept.model("best").predict(table).shape == (N_ROWS,)
    for begin in (api.fit, api.sweep):
        with pytest.raises(api.UsageError, match=r"^target: it must be the name of a column, not None\.$"):
            begin(table, role={"y": "feature"})
        with pytest.raises(api.UsageError, match=r"^role: it cannot make size the target, which is y\.$"):
            begin(table, "y", role={"size": "target"})
        with pytest.raises(api.UsageError, match=r"^role: of 'size' it must be one of target, feature.*not 'king'\.$"):
            begin(table, "y", role={"size": "king"})


STRANGE = (object(), b"a", {1: 2}, {1.0}, np.zeros((2, 2)), float("nan"), float("inf"), -(10**400), "", "٣", "1_0", 3j)


@pytest.mark.parametrize(
    "setting", [one for one in (*DATA, *MODEL, *ENDING, *SWEEP) if one.option], ids=lambda one: one.path
)
def test_every_keyword_refuses_what_it_cannot_be_in_one_sentence(table, setting):
    name = setting.option.attribute
    begin = api.sweep if setting in SWEEP else api.fit
    for value in STRANGE:
        if (
            isinstance(value, str)
            and (setting.path.endswith("_column") or name in ("features", "target", "date_parts"))
            and value
        ):
            continue
        if name == "hidden" and isinstance(value, str) and not value:
            continue
        with pytest.raises(api.UsageError) as caught:
            begin(table, **({"target": "y"} | {name: value}))
        sentence = str(caught.value)
        assert sentence.startswith(f"{name}: "), sentence
        assert sentence.endswith((".", "?"))
        assert "\n" not in sentence
        assert "--" not in sentence
        assert "null" not in sentence
        assert len(sentence) < 400


@pytest.mark.parametrize(
    ("options", "same"),
    [
        ({"hidden": 4}, {"hidden": (4,)}),
        ({"hidden": "4"}, {"hidden": [4]}),
        ({"hidden": (4,)}, {"hidden": np.array([4])}),
        ({"hidden": (), "lam": "0.5"}, {"hidden": "", "lam": np.float32(0.5)}),
        ({"hidden": (), "no_standardize": False}, {"hidden": (), "no_standardize": None}),
        ({"hidden": (), "features": "size,flag"}, {"hidden": (), "features": np.array(["size", "flag"])}),
        ({"hidden": (), "role": {"flag": "ignored"}}, {"hidden": (), "role": "flag=ignored"}),
        ({"hidden": (), "penalty_factor": "size=2"}, {"hidden": (), "penalty_factor": {"size": np.int64(2)}}),
        ({"hidden": (), "batch_size": "full", "epochs": 3}, {"hidden": (), "epochs": 3.0}),
    ],
)
def test_values_of_python_and_texts_come_to_the_same(table, engine, options, same):
    common = {} if options["hidden"] == () else {"epochs": 1}
    first, second = (api.fit(table, "y", **(common | one)).model for one in (options, same))
    assert first.configuration == second.configuration
    np.testing.assert_array_equal(first.parameters, second.parameters)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("penalty", "it must be one of none, l1, l2, elastic-net, group-lasso, not None."),
        ("lam", "it must be a number from 0 to 1e12, not None."),
        ("l1_ratio", "it must be a number from 0 to 1, not None."),
        ("hidden", "it must be a list of 0 to "),
        ("seed", "it must be a whole number from 0 to "),
        ("optimizer", "it must be one of "),
        ("task", "it must be one of "),
        ("validation_fraction", "it must be a number from 0 to below 1, not None."),
    ],
)
def test_none_is_no_value_where_it_would_be_another(table, name, said):
    with pytest.raises(api.UsageError) as caught:
        api.fit(table, "y", **{"hidden": (), name: None})
    assert str(caught.value).startswith(f"{name}: {said}")
    assert str(caught.value).endswith("not None.")


@pytest.mark.parametrize("name", ["n_lambdas", "folds", "n_starts"])
def test_none_is_no_value_of_a_sweep_either(table, name):
    with pytest.raises(api.UsageError, match=f"^{name}: it must be a whole number from .*, not None"):
        api.sweep(table, "y", hidden=(), **{name: None})


def test_none_is_what_leaving_out_is_where_that_is_a_choice(table, engine):
    options = ("features", "split_column", "fold_column", "weight_column", "penalty_factor", "batch_size", "epochs")
    plain = api.fit(table, "y", hidden=()).model
    found = api.fit(table, "y", hidden=(), tol=None, max_epochs=None, **dict.fromkeys(options)).model
    assert found.configuration == plain.configuration
    np.testing.assert_array_equal(found.parameters, plain.parameters)


def test_a_penalty_factor_that_cannot_be_is_named(table):
    with pytest.raises(api.UsageError) as caught:
        api.fit(table, "y", hidden=(), penalty_factor={"flag": 1.0, "size": None})
    reach = setting_at("data.penalty_factors").kind.one.one.reach
    assert str(caught.value) == f"penalty_factor: of 'size' it must be {reach}, not None."


def test_fractions_that_leave_nothing_are_called_by_their_keywords(table):
    with pytest.raises(api.UsageError) as caught:
        api.fit(table, "y", validation_fraction=0.5, test_fraction=0.5)
    said = "validation_fraction and test_fraction add up to 1 or more; that leaves nothing to train on."
    assert str(caught.value) == said


def test_nothing_stands_for_a_delimiter_that_no_file_can_have(table):
    with pytest.raises(api.UsageError, match=r"^delimiter: a delimiter is comma, semicolon, tab, blank or another"):
        api.read(table.path, delimiter="\0")


def test_names_stand_more_than_once_in_no_list(table):
    with pytest.raises(api.UsageError, match=r"^features: it has 'size' more than once\.$"):
        api.fit(table, "y", features=["size", "flag", "size"])


@pytest.mark.parametrize("workers", [3, "ants:3", ["threads:2"]])
def test_workers_that_cannot_be_are_refused(table, workers):
    with pytest.raises(api.UsageError, match=r"^workers: .*\.$"):
        api.sweep(table, "y", workers=workers)


def test_workers_are_of_a_sweep_alone(table):
    with pytest.raises(api.UsageError, match=r"^there is no option workers here"):
        api.fit(table, "y", workers="threads:2")


@pytest.mark.parametrize("at", [np.array([0.1, 1.0]), np.array(["best"]), None, True, float("nan"), "last", [0.1], 17])
def test_a_sweep_has_no_model_at_what_is_none_of_its_lambdas(table, at):
    result = api.sweep(table, "y", hidden=(), features=["size"], lambdas=(1.0, 0.1), folds=2).result
    with pytest.raises(
        api.UsageError, match=r"^at: .* is none of the 2 λ of this sweep; choose 'best', '1se' or one\.$"
    ):
        result.model(at)
    assert result.model(np.float64(0.1)).model.configuration.training.lam == 0.1


def test_every_error_of_ours_is_of_one_type():
    for one in (api.UsageError, api.DataError, api.DivergedError, api.AllDivergedError, api.CrewLost):
        assert issubclass(one, api.RegdeskError)
    assert "RegdeskError" in (api.__doc__ or "")
