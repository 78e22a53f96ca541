"""A column of row weights: what it does to figures, fills, splits and notes, and what it refuses."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tables import write_csv
from weighted_tables import datasets_of, settings_of, tables_of

from regdesk.core.linear.problem import penalty_of, row_problem_of
from regdesk.core.linear.solve import solve
from regdesk.core.model.column_figures import means_and_deviations
from regdesk.core.reading_options import ReadingOptions
from regdesk.core.types import DataSettings, TrainSettings
from regdesk.data.csv.reader import read_table
from regdesk.data.errors import DataError
from regdesk.data.prepare.encoding import prepare_dataset
from regdesk.data.prepare.folds import prepare_folds
from regdesk.data.prepare.likely_targets import suggest_target

TRAINING = TrainSettings(penalty="l1", lam=0.02)


@pytest.mark.parametrize("loss", ["squared", "logistic", "softmax"])
def test_figures_and_fills_are_those_of_repeated_rows(tmp_path, loss):
    weighted, repeated = datasets_of(tmp_path, loss)
    for name in ("input_scaler", "target_scaler"):
        for figure in ("mean", "scale"):
            found, expected = (getattr(getattr(one, name), figure) for one in (weighted, repeated))
            np.testing.assert_allclose(found, expected, rtol=1e-13, atol=1e-15)
    for one, other in zip(weighted.encoding.columns, repeated.encoding.columns, strict=True):
        assert (one.fill, one.levels, one.seen) == (other.fill, other.levels, other.seen)
    # Medians under weights are not those without.
    plain = prepare_dataset(tables_of(tmp_path, loss)[0], settings_of(split_column="part", weight_column=None))
    assert [one.fill for one in plain.encoding.columns] != [one.fill for one in weighted.encoding.columns]
    assert weighted.classes == repeated.classes
    assert repeated.row_weights is None


def test_a_row_of_weight_0_is_nowhere(tmp_path):
    table = tables_of(tmp_path, "squared")[0]
    weights = table.column("w").numbers
    dataset = prepare_dataset(table, settings_of())
    assert len(dataset.targets) == np.count_nonzero(weights)
    np.testing.assert_array_equal(dataset.row_weights, weights[weights > 0])
    np.testing.assert_array_equal(dataset.row_lines, table.row_lines[weights > 0])
    n_zero = np.count_nonzero(weights == 0)
    assert f"{n_zero} rows left out: the weight is 0." in dataset.notes
    n_used = len(weights) - n_zero
    note = f"Rows are weighted by w: {n_used} rows, which count as {weights.sum():g}; standard errors, AIC and BIC take"
    assert any(one.startswith(note) for one in dataset.notes)
    rows = dataset.split.train
    assert dataset.n_counted(rows) == dataset.weights_of(rows).sum()


def test_weights_of_1_are_none(tmp_path):
    table = tables_of(tmp_path, "squared")[1]
    with_weights, without = (
        prepare_dataset(table, settings_of()),
        prepare_dataset(table, settings_of(weight_column=None)),
    )
    assert with_weights.row_weights is None
    np.testing.assert_array_equal(with_weights.inputs, without.inputs)
    np.testing.assert_array_equal(with_weights.input_scaler.scale, without.input_scaler.scale)
    assert "Rows are weighted by w, which gives each the weight 1." in with_weights.notes


def test_the_column_of_weights_is_no_feature(tmp_path):
    table = tables_of(tmp_path, "squared")[0]
    dataset = prepare_dataset(table, settings_of(features=None))
    assert "w" not in dataset.features
    with pytest.raises(DataError, match="column 'w': the weight column cannot be a feature"):
        prepare_dataset(table, settings_of(features=("x1", "w")))


def test_folds_have_the_weights_of_their_rows(tmp_path):
    table = tables_of(tmp_path, "squared")[0]
    folds = prepare_folds(table, settings_of(fold_column="fold"), 0, 5)
    for fold in folds.folds:
        np.testing.assert_array_equal(fold.row_weights, folds.whole.row_weights)
    counted = sum(fold.n_counted(fold.split.validation) for fold in folds.folds)
    assert counted == folds.whole.n_counted(folds.whole.split.train)


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        (["1", "-2", "1", "1"], "line 3, column 'w': -2 is below 0; a weight is a number of 0 or more."),
        (["1", "1", "", "2"], "line 4, column 'w': a missing cell does not say how much the row counts"),
        (
            ["1", "heavy", "1", "light"],
            "line 3, column 'w': 'heavy' is not a number; a weight is a number of 0 or more.",
        ),
        (
            ["1", "2", "3e12", "1"],
            "line 4, column 'w': 3e+12 is too large; a weight is 0 or a number from 1e-100 to",
        ),
        (["1", "5e-324", "1", "1"], "line 3, column 'w': 4.94066e-324 is too small; a weight is 0 or a number from"),
        (
            ["5e-324"] * 4,
            "line 2, column 'w': 4.94066e-324 is too small; a weight is 0 or a number from",
        ),
        (
            ["1e-20", "0", "3", "1e-20"],
            "line 2, column 'w': 1e-20 is too small beside the largest weight, 3, to",
        ),
        (["0", "0", "0", "0"], "column 'w': no row is left: every weight is 0"),
        (["1", "0", "0", "0"], "1 row to train on; at least 2 are needed"),
    ],
)
def test_what_is_no_weight_is_refused_with_its_line(tmp_path, cells, sentence):
    file = write_csv(tmp_path / "t.csv", ["x", "y", "w"], [[1.5, 1, 3.5, 4], [1.5, 2.5, 2.0, 1.0], cells])
    settings = DataSettings(target="y", weight_column="w", validation_fraction=0.0)
    with pytest.raises(DataError) as error:
        prepare_dataset(read_table(file), settings)
    assert sentence in str(error.value)
    assert str(error.value).startswith("t.csv")


def test_a_cell_that_is_beyond_all_numbers_is_refused_with_its_line(tmp_path):
    file = write_csv(
        tmp_path / "t.csv", ["x", "y", "w"], [[1.5, 1, 3.5, 4], [1.5, 2.5, 2.0, 1.0], ["x", "1e999", "1", "x"]]
    )
    with pytest.raises(DataError, match="line 2, column 'w': 'x' is not a number"):
        prepare_dataset(read_table(file), DataSettings(target="y", weight_column="w"))
    file = write_csv(tmp_path / "u.csv", ["x", "y", "w"], [[1.5, 1, 3.5], [1.5, 2.5, 2.0], ["1", "inf", "2"]])
    with pytest.raises(DataError, match="line 3, column 'w': 'inf' is not a number"):
        prepare_dataset(read_table(file), DataSettings(target="y", weight_column="w"))


def test_the_largest_weight_is_one(tmp_path):
    file = write_csv(tmp_path / "t.csv", ["x", "y", "w"], [[1.5, 1, 3.5], [1.5, 2.5, 2.0], ["1e12", "1", "2"]])
    dataset = prepare_dataset(read_table(file), DataSettings(target="y", weight_column="w", validation_fraction=0.0))
    assert dataset.row_weights.tolist() == [1e12, 1.0, 2.0]


@pytest.mark.parametrize("scale", [1e-100, 1e-12, 1e12])
@pytest.mark.parametrize("loss", ["squared", "logistic", "softmax"])
def test_equal_weights_of_any_size_make_the_figures_of_rows_without(tmp_path, loss, scale):
    table, settings = tables_of(tmp_path, loss)[1], settings_of(weight_column=None)
    expected = prepare_dataset(table, settings)
    rows = expected.split.train
    dataset = replace(expected, row_weights=np.full(len(expected.targets), scale))
    means, deviations = means_and_deviations(dataset.inputs[rows], dataset.weights_of(rows))
    np.testing.assert_allclose(means, expected.input_scaler.mean, rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(deviations, expected.input_scaler.scale, rtol=1e-12)
    fitted = [solve(row_problem_of(one, TRAINING), penalty_of(one, TRAINING)) for one in (dataset, expected)]
    np.testing.assert_allclose(fitted[0].weights, fitted[1].weights, rtol=0.0, atol=1e-8)
    assert fitted[0].converged


def test_a_row_without_a_target_needs_no_weight(tmp_path):
    file = write_csv(tmp_path / "t.csv", ["x", "y", "w"], [[1.5, 1, 3.5, 4], [1.5, 2.5, "", 1.0], ["1", "2", "", "2"]])
    dataset = prepare_dataset(read_table(file), DataSettings(target="y", weight_column="w", validation_fraction=0.0))
    np.testing.assert_array_equal(dataset.row_weights, [1.0, 2.0, 2.0])


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"target": "w"}, "column 'w': the target cannot also weight the rows."),
        ({"split_column": "w"}, "column 'w': the split column cannot also weight the rows."),
        ({"fold_column": "w"}, "column 'w': the fold column cannot also weight the rows."),
        (
            {"split_column": "part", "fold_column": "part", "weight_column": None},
            "column 'part': the split column cannot also name the folds.",
        ),
        ({"weight_column": "weights"}, "there is no column 'weights' to use as weight column"),
    ],
)
def test_a_column_has_one_role(tmp_path, changes, sentence):
    table = tables_of(tmp_path, "squared")[0]
    with pytest.raises(DataError) as error:
        prepare_dataset(table, settings_of(**changes))
    assert sentence in str(error.value)


def test_a_part_without_weight_is_said_to_be_none(tmp_path):
    parts, weights = ["train"] * 4 + ["validation"] * 2, [1, 2, 1, 2, 0, 0]
    file = write_csv(tmp_path / "t.csv", ["x", "y", "part", "w"], [range(6), [1.5, 2, 3, 1, 4, 5], parts, weights])
    settings = DataSettings(target="y", features=("x",), split_column="part", weight_column="w")
    dataset = prepare_dataset(read_table(file), settings)
    assert not len(dataset.split.validation)
    assert "part = train: training, 4 rows. Every row for validation has the weight 0." in dataset.notes


@pytest.mark.parametrize("cell", ["", "nonsense", "holdout"])
@pytest.mark.parametrize("words", [("train", "validation", "test"), ("true", "false", "false")])
def test_what_a_row_of_weight_0_says_of_its_part_is_not_read(tmp_path, cell, words):
    random = np.random.default_rng(3)
    x, weights = random.normal(size=(2, 30)).round(3)
    weights = np.abs(weights) + 0.1
    weights[[4, 9]] = 0.0
    said = [words[number % 3] for number in range(30)]
    said[4] = said[9] = cell
    path = write_csv(tmp_path / "with.csv", ["x", "y", "w", "train"], [x, 2.0 * x + 1.0, weights, said])
    is_left = weights > 0.0
    left = [np.array(column)[is_left] for column in (x, 2.0 * x + 1.0, weights, said)]
    without = write_csv(tmp_path / "without.csv", ["x", "y", "w", "train"], left)
    settings = DataSettings(target="y", weight_column="w", split_column="train")
    found, expected = (prepare_dataset(read_table(one), settings) for one in (path, without))
    for part in ("train", "validation", "test"):
        np.testing.assert_array_equal(getattr(found.split, part), getattr(expected.split, part))
    np.testing.assert_array_equal(found.inputs, expected.inputs)
    assert found.split.how == expected.split.how


def test_no_target_is_suggested_that_is_something_else(tmp_path):
    table = tables_of(tmp_path, "squared")[0]
    assert suggest_target(table) == "y"
    assert suggest_target(table, ("y",)) == "w"
    assert suggest_target(table, ("y", "w")) != "w"


def table_with_words(tmp_path, cells, weights):
    """Columns x of ``cells``, y and w."""
    targets = [f"{number * number % 7}.5" for number in range(len(cells))]
    return read_table(write_csv(tmp_path / "words.csv", ["x", "y", "w"], [cells, targets, weights]))


WITH_WORDS = DataSettings(target="y", features=("x",), weight_column="w", validation_fraction=0.0)


def test_text_in_rows_of_weight_0_makes_no_words_of_numbers(tmp_path):
    cells = ["1.5", "2.5", "4.5", "7.5", "3.5", "excluded", "broken", "excluded"]
    weights = [1, 2, 1, 3, 1, 0, 0, 0]
    alone = prepare_dataset(table_with_words(tmp_path, cells[:5], weights[:5]), WITH_WORDS)
    table = table_with_words(tmp_path, cells, weights)
    assert table.column("x").kind != "numeric"
    dataset = prepare_dataset(table, WITH_WORDS)
    np.testing.assert_array_equal(dataset.inputs[:, 0], [1.5, 2.5, 4.5, 7.5, 3.5])
    assert dataset.input_names == ("x",)
    assert "x is read as numbers, as all its words are in rows of weight 0." in dataset.notes
    np.testing.assert_array_equal(alone.input_scaler.mean, dataset.input_scaler.mean)
    assert prepare_folds(table, WITH_WORDS, 0, 2).whole.input_names == ("x",)


def test_a_word_that_counts_leaves_the_column_words(tmp_path):
    cells = ["1.5", "low", "excluded", "low", "2.5", "high", "1.5", "low"]
    table = table_with_words(tmp_path, cells, [1, 2, 0, 1, 1, 1, 3, 1])
    assert len(prepare_dataset(table, WITH_WORDS).input_names) > 1


def test_a_kind_that_was_named_stays(tmp_path):
    path = table_with_words(tmp_path, ["1", "2", "low", "1", "low", "low", "2", "1"], [1, 2, 0, 1, 0, 0, 3, 1]).path
    table = read_table(path, ReadingOptions(kinds=(("x", "categorical"),)))
    (column,) = prepare_dataset(table, WITH_WORDS).encoding.columns
    assert (column.kind, column.levels) == ("categorical", ("1", "2"))


def test_a_damaged_number_that_counts_is_named(tmp_path):
    cells = ["1.5", "2.5", "low", "4.5", "low", "low", "1.2.3", "3.5", "2.5"]
    table = table_with_words(tmp_path, cells, [1, 2, 0, 1, 0, 0, 3, 1, 1])
    with pytest.raises(DataError, match=r"line 8, column 'x': '1.2.3' is not a number"):
        prepare_dataset(table, WITH_WORDS)
