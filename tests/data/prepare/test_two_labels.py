"""A column of two labels is one input, 0 or 1, whatever rows are trained on."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import Lasso

from regdesk.core.linear.path import solve_path
from regdesk.core.linear.problem import problem_of
from regdesk.core.model.scale import ModelScale
from regdesk.core.reading_options import ReadingOptions
from regdesk.core.types import DataSettings, TrainSettings
from regdesk.data.csv.reader import read_table
from regdesk.data.prepare.encoding import prepare_dataset
from regdesk.data.prepare.file_rows import read_rows
from regdesk.data.prepare.mapping_rows import MappingRows


@pytest.fixture
def table_of(tmp_path):
    def make(text: str):
        path = tmp_path / "t.csv"
        path.write_text(text, encoding="utf-8")
        return read_table(path)

    return make


NO_LABEL = "no label, as no training row has one"
TWO_LABELS = ["b", "a", "b", "", "b", "a"]


@pytest.mark.parametrize(
    ("cells", "held_out", "name", "expected", "unseen"),
    [
        # Two labels: 1 is the second in sorted order, wherever it comes first in the file.
        (TWO_LABELS, ["a", "b"], "c=b", [1, 0, 1, 1, 1, 0, 0, 1], None),
        # A third label is not trained on: it is filled as the missing cell is.
        (TWO_LABELS, ["z", "a", "z"], "c=b", [1, 0, 1, 1, 1, 0, 1, 0, 1], (2, "'z'", "most frequent, b")),
        # Only one of the column's two labels is trained on: the input keeps its name and does not vary.
        (["a", "a", "a", "", "a", "a"], ["b", "a", ""], "c=b", [0] * 9, (1, "'b'", "most frequent, a")),
        (["b", "b", "b", "", "b", "b"], ["b", "a", ""], "c=b", [1] * 9, (1, "'a'", "most frequent, b")),
        # Of three labels one.
        (["b", "b", "b", "", "b", "b"], ["a", "c", "b"], "c=b", [1] * 9, (2, "'a', 'c'", "most frequent, b")),
        # None at all.
        ([""] * 6, ["b", "a", ""], "c=b", [0] * 9, (2, "'b', 'a'", NO_LABEL)),
        # Words of a boolean, however they are spelled.
        (["TRUE", "false", "True", "", "true", "FALSE"], ["False", "true"], "c=TRUE", [1, 0, 1, 1, 1, 0, 0, 1], None),
        (["Yes", "no", "YES", "yes", "", "no"], ["No", "yes"], "c=Yes", [1, 0, 1, 1, 1, 0, 0, 1], None),
        (["no", "no", "no", "", "no", "no"], ["yes", "no"], "c=yes", [0] * 8, (1, "'yes'", "most frequent, no")),
        # Zeros and ones are numbers, and so are other pairs of numbers.
        (["1", "0", "1", "", "1", "0"], ["0", "1"], "c", [1, 0, 1, 1, 1, 0, 0, 1], None),
        (["3", "7", "3", "", "3", "7"], ["7", "3"], "c", [3, 7, 3, 3, 3, 7, 7, 3], None),
        # Spellings of one word are one label, which does not vary.
        (["Yes", "yes", "YES", "Yes", "yes", "yes"], ["yes"], "c=Yes", [1] * 7, None),
    ],
)  # fmt: skip
def test_two_labels_are_one_input(table_of, cells, held_out, name, expected, unseen):
    n_train, both = len(cells), cells + held_out
    lines = [f"{cell},{'train' if i < n_train else 'test'},{i * i + 0.5}" for i, cell in enumerate(both)]
    settings = DataSettings(target="y", split_column="part", features=("c",), validation_fraction=0.0)
    dataset = prepare_dataset(table_of("c,part,y\n" + "\n".join(lines) + "\n"), settings, 0)
    assert dataset.input_names == (name,)
    np.testing.assert_array_equal(dataset.inputs[:, 0], expected)
    found = [one for one in dataset.notes if "no training row has: " in one]
    if unseen is None:
        assert not found
    else:
        number, labels, fill = unseen
        cells = "1 cell holds" if number == 1 else f"{number} cells hold"
        what = f"{number} in c ({labels}; taken as missing: {fill})"
        assert found == [f"{cells} a label that no training row has: {what}."]


def test_weights_of_two_labels_are_one_number_along_the_path(table_of):
    """Two inputs, each the other's mirror image, would share the weight at random between them."""
    generator = np.random.default_rng(0)
    sex, x = generator.choice(["F", "M"], 60), generator.normal(size=60)
    y = 2.0 * (sex == "M") + x + 0.1 * generator.normal(size=60)
    lines = "".join(f"{a},{b:.6f},{c:.6f}\n" for a, b, c in zip(sex, x, y, strict=True))
    dataset = prepare_dataset(table_of("sex,x,y\n" + lines), DataSettings(target="y", validation_fraction=0.0), 0)
    assert dataset.input_names == ("sex=M", "x")
    rows = np.column_stack([sex == "M", x]).astype(float)[dataset.split.train]
    rows, y = (rows - rows.mean(axis=0)) / rows.std(axis=0), y[dataset.split.train]
    lambdas = np.array([0.5, 0.1, 0.01])
    found = solve_path(problem_of(dataset, TrainSettings("l1")), lambdas)
    for lam, point in zip(lambdas, found, strict=True):
        oracle = Lasso(lam, tol=1e-14, max_iter=100_000).fit(rows, (y - y.mean()) / y.std())
        np.testing.assert_allclose(point.weights[:, 0], oracle.coef_, atol=1e-6)


@pytest.mark.parametrize("features", [("c", "x"), ("x", "c")])
def test_a_model_of_three_labels_moves_to_rows_that_have_two(table_of, features):
    """The first of two labels has no input there: its weight is the other's, with the sign turned."""
    cells = ["a", "b", "b", "a", "b", "z"]
    lines = [f"{cell},{i * i},{'test' if cell == 'z' else 'train'},{i + 0.5}" for i, cell in enumerate(cells)]
    table = table_of("c,x,part,y\n" + "\n".join(lines) + "\n")
    whole = prepare_dataset(table, DataSettings(target="y", features=features, validation_fraction=0.0), 0)
    settings = DataSettings(target="y", features=features, split_column="part", validation_fraction=0.0)
    dataset = prepare_dataset(table, settings, 0)
    assert [name for name in whole.input_names if name != "x"] == ["c=a", "c=b", "c=z"]
    assert [name for name in dataset.input_names if name != "x"] == ["c=b"]
    weights, biases = np.random.default_rng(0).normal(size=(4, 1)), np.array([0.3])
    moved, shifted = ModelScale.of(whole).moved(weights, biases, ModelScale.of(dataset))
    rows = np.arange(5)
    expected = whole.target_scaler.invert(whole.standardized_inputs(rows) @ weights + biases)
    found = dataset.target_scaler.invert(dataset.standardized_inputs(rows) @ moved + shifted)
    np.testing.assert_allclose(found, expected, rtol=1e-12)
    back, unshifted = ModelScale.of(dataset).moved(moved, shifted, ModelScale.of(whole))
    again = whole.target_scaler.invert(whole.standardized_inputs(rows) @ back + unshifted)
    np.testing.assert_allclose(again, expected, rtol=1e-12)
    assert back[whole.input_names.index("c=a"), 0] == 0.0


@pytest.mark.parametrize(("tick", "empty"), [("x", "no"), ("✓", "no"), ("1", "0"), ("ja", "no")])
def test_a_tick_or_nothing_is_yes_or_no_where_that_was_said(tmp_path, tick, empty):
    path = tmp_path / "ticks.csv"
    ticks = [tick, "", tick, "", "", tick, "", ""]
    path.write_text(
        "f;x;y\n" + "".join(f"{one};{n}.5;{n * n % 5}.25\n" for n, one in enumerate(ticks)), encoding="utf-8"
    )
    assert read_table(path).column("f").n_missing == 5
    table = read_table(path, ReadingOptions(kinds=(("f", "boolean"),)))
    column = table.column("f")
    assert (column.kind, column.n_missing, column.distinct, column.levels) == ("boolean", 0, 2, (tick, empty))
    dataset = prepare_dataset(table, DataSettings(target="y", features=("f",), validation_fraction=0.0))
    assert dataset.input_names == (f"f={tick}",)
    expected = np.array([[float(one == tick)] for one in ticks])
    np.testing.assert_array_equal(dataset.inputs, expected)
    (block,) = read_rows(path, dataset.encoding)
    np.testing.assert_array_equal(dataset.encoding.apply(block).inputs, expected)
    np.testing.assert_array_equal(dataset.encoding.apply(MappingRows({"f": ticks}, dataset.encoding)).inputs, expected)
