"""Every input has a name of its own, and keeps it whichever rows are trained on."""

from __future__ import annotations

import csv
import json

import numpy as np
import pytest
from fit_command import fit

from regdesk.cli import headless
from regdesk.core.model.scale import ModelScale
from regdesk.core.stopping import Stop, Stopped
from regdesk.core.types import DataSettings
from regdesk.data.csv.reader import read_table
from regdesk.data.prepare.column_fitting import fit_columns
from regdesk.data.prepare.encoding import prepare_dataset
from regdesk.data.prepare.input_names import distinct_input_names

COLUMNS = ["(intercept)", "two=B", "two"]
NAMES = ["(intercept) (2)", "two=B", "two=B (2)"]
NOTE = "Numbered, as their names were taken: (intercept) (2) of (intercept), two=B (2) of two."


@pytest.fixture
def file(tmp_path):
    """y is 2·(intercept) − (two=B) + 3·[two is B] + 1, as good as exactly."""
    generator = np.random.default_rng(0)
    first, second, label = generator.normal(size=40), generator.normal(size=40), generator.choice(["A", "B"], 40)
    y = 2 * first - second + 3 * (label == "B") + 1
    path = tmp_path / "names.csv"
    lines = [
        f"{a!r},{b!r},{c},{d!r}" for a, b, c, d in zip(first.tolist(), second.tolist(), label, y.tolist(), strict=True)
    ]
    path.write_text("\n".join([",".join([*COLUMNS, "y"]), *lines]) + "\n")
    return path


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ([("two", "A"), ("two", "B"), ("two=B", None)], ["two=A", "two=B (2)", "two=B"]),
        ([("a", "b=c"), ("a=b", "c"), ("a=b=c (2)", None)], ["a=b=c", "a=b=c (3)", "a=b=c (2)"]),
        ([("(bias)", None), ("(bias) (2)", None)], ["(bias) (3)", "(bias) (2)"]),
        ([("(intercept)", None), ("y", "(bias)")], ["(intercept) (2)", "y=(bias)"]),
        ([("x", None), ("sex", "M")], ["x", "sex=M"]),
        ([("x", None, 1), ("x", None, 2), ("x^2", None, 1), ("x^2", None, 2)], ["x", "x^2 (2)", "x^2", "x^2^2"]),
    ],
)  # fmt: skip
def test_names_are_distinct(wanted, expected):
    wanted = [(*one, 1)[:3] for one in wanted]
    found = distinct_input_names(wanted)
    assert [found[one] for one in wanted] == expected


def test_each_input_of_a_fit_has_its_own_coefficient(capsys, engine, file):
    record = fit(capsys, file, "y", "--hidden", "", "--penalty", "none")
    assert record["features"] == NAMES
    assert [one["column"] for one in record["provenance"]["encoding"]] == COLUMNS
    assert list(record["coefficients"]) == NAMES
    assert [one["original"] for one in record["coefficients"].values()] == pytest.approx([2, -1, 3], abs=1e-9)
    assert record["intercept_original"] == pytest.approx(1, abs=1e-9)
    dataset = prepare_dataset(read_table(file), DataSettings(target="y"), 0)
    assert [note for note in dataset.notes if "taken" in note] == [NOTE]


@pytest.mark.parametrize("hidden", ["", "2"])
def test_each_row_of_the_weights_of_a_sweep_has_its_own_name(capsys, engine, file, tmp_path, hidden):
    command = ["sweep", str(file), "--target", "y", "--lambdas", "0.1", "--folds", "2", "--json", "--hidden", hidden]
    options = ["--epochs", "2"] if hidden else []
    assert headless.run([*command, *options, "--out", str(tmp_path / "out")]) == 0
    assert json.loads(capsys.readouterr().out)["features"] == NAMES
    rows = list(csv.DictReader((tmp_path / "out" / "weights.csv").read_text().splitlines()))
    if hidden:
        assert [row["from"] for row in rows if row["layer"] == "1" and row["to"] == "unit 1"] == ["(bias)", *NAMES]
    else:
        assert [row["feature"] for row in rows] == ["(intercept)", *NAMES]


def test_an_input_has_the_same_name_in_every_fold(tmp_path):
    """Also the one that has no input where only two labels are trained on: a model moves there and back by names."""
    path = tmp_path / "folds.csv"
    cells = ["A", "B", "B", "A", "B", "C"]
    lines = [f"{i * i},{cell},{'test' if cell == 'C' else 'train'},{i + 0.5}" for i, cell in enumerate(cells)]
    path.write_text("two=A,two,part,y\n" + "\n".join(lines) + "\n")
    table = read_table(path)
    features = ("two=A", "two")
    columns = fit_columns(table, features, np.arange(6))
    assert [name for one in columns for name in one.input_names] == ["two=A", "two=A (2)", "two=B", "two=C"]
    whole = prepare_dataset(table, DataSettings(target="y", features=features, validation_fraction=0.0), 0)
    settings = DataSettings(target="y", features=features, split_column="part", validation_fraction=0.0)
    fold = prepare_dataset(table, settings, 0)
    assert (fold.input_names, fold.opposite_names) == (("two=A", "two=B"), ("", "two=A (2)"))
    weights, biases = np.array([[0.7], [-1.1], [0.4], [0.9]]), np.array([0.3])
    moved, shifted = ModelScale.of(whole).moved(weights, biases, ModelScale.of(fold))
    rows = np.arange(5)
    expected = whole.target_scaler.invert(whole.standardized_inputs(rows) @ weights + biases)
    found = fold.target_scaler.invert(fold.standardized_inputs(rows) @ moved + shifted)
    np.testing.assert_allclose(found, expected, rtol=1e-12)


def test_preparing_columns_is_given_up_between_two_of_them(file):
    table, stop = read_table(file), Stop()
    stop.request()
    with pytest.raises(Stopped):
        fit_columns(table, [table.columns[0].name], np.arange(3), stop)
