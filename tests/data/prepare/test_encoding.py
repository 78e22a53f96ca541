"""From a table to a dataset: features, imputation, one-hot, standardising, and what cannot be done."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from sklearn.datasets import load_digits, load_iris, load_wine
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from regdesk.core.fitted.encoding import Encoding, TargetEncoding
from regdesk.core.fitted.encoding_form import encoding_from_dict, encoding_to_dict
from regdesk.core.types import DataSettings
from regdesk.data.csv.reader import read_table
from regdesk.data.errors import DataError
from regdesk.data.prepare.column_fitting import fit_columns
from regdesk.data.prepare.encoding import fit_encoding, prepare_dataset, suggest_target
from regdesk.data.prepare.mapping_rows import MappingRows
from regdesk.data.prepare.notes import fill_text
from regdesk.data.prepare.table_rows import TableRows

COLOURS = ["red", "green", "blue"]


@pytest.fixture
def table_of(tmp_path):
    def make(text: str):
        path = tmp_path / "t.csv"
        path.write_text(text, encoding="utf-8")
        return read_table(path)

    return make


@pytest.fixture
def mixed(table_of):
    """40 rows of every kind, with missing cells."""
    generator = np.random.default_rng(4)
    lines = ["id,age,colour,smoker,when,note,same,part,price"]
    for i in range(40):
        age = "" if i in (3, 30) else f"{generator.normal(40, 12):.1f}"
        colour = "NA" if i == 5 else COLOURS[i % 4 % 3]
        note = f"a long remark of many words on case {i}"
        part = "train" if i < 30 else "validation"
        price = f"{generator.normal(100, 20):.2f}"
        lines.append(
            f"{i + 1},{age},{colour},{'yes' if i % 4 else 'no'},2024-01-{i % 28 + 1:02d},{note},7,{part},{price}"
        )
    return table_of("\n".join(lines) + "\n")


SETTINGS = DataSettings(target="price", split_column="part")


def test_default_features_names_groups_and_notes(mixed):
    dataset = prepare_dataset(mixed, SETTINGS, 0)
    assert dataset.features == ("age", "colour", "smoker")
    assert dataset.input_names == ("age", "colour=blue", "colour=green", "colour=red", "smoker=yes")
    assert dataset.input_groups.tolist() == [0, 1, 1, 1, 2]
    assert dataset.labels == ((), ("blue", "green", "red"), ("no", "yes"))
    assert (dataset.task, dataset.target, dataset.classes, dataset.name) == ("regression", "price", (), "t.csv")
    median = np.median([float(x) for x in mixed.column("age").numbers[:30] if not np.isnan(x)])
    assert dataset.notes[0] == "Left out: id (identifier), when (datetime), note (text), same (constant)."
    assert dataset.notes[1] == "One input for each label of colour (3 inputs)."
    assert dataset.notes[2] == (
        f"3 missing cells imputed: 2 in age (median {median:.6g}), 1 in colour (most frequent, red)."
    )
    assert dataset.notes[3] == "Rows: 30 for training, 10 for validation, 0 for test, as part says."
    assert dataset.notes[4] == "part = train: training, 30 rows; validation: validation, 10 rows."
    assert dataset.notes[5] == (
        "Inputs standardised: mean 0, standard deviation 1, with figures from the 30 training rows."
    )
    assert dataset.notes[6].startswith("Target standardised: mean ")
    assert len(dataset.notes) == 7


def test_figures_come_from_the_training_rows_alone(mixed):
    dataset = prepare_dataset(mixed, SETTINGS, 0)
    train = dataset.split.train
    assert sorted(train) == list(range(30))
    age = mixed.column("age").numbers
    median = np.nanmedian(age[:30])
    np.testing.assert_array_equal(dataset.inputs[[3, 30], 0], [median, median])
    assert median != np.nanmedian(age)
    scaler = StandardScaler().fit(dataset.inputs[train])
    np.testing.assert_allclose(dataset.input_scaler.mean, scaler.mean_, rtol=1e-13)
    np.testing.assert_allclose(dataset.input_scaler.scale, scaler.scale_, rtol=1e-13)
    everything = np.arange(40)
    np.testing.assert_allclose(dataset.standardized_inputs(everything), scaler.transform(dataset.inputs), atol=1e-12)
    price = mixed.column("price").numbers
    expected = (price - price[:30].mean()) / price[:30].std()
    np.testing.assert_allclose(dataset.standardized_targets(everything), expected, atol=1e-12)


def test_one_hot_agrees_with_scikit_learn(mixed):
    dataset = prepare_dataset(mixed, replace(SETTINGS, features=("colour",)), 0)
    colours = np.array([COLOURS[i % 4 % 3] for i in range(40)])
    colours[5] = "red"
    expected = OneHotEncoder(sparse_output=False).fit_transform(colours[:, np.newaxis])
    np.testing.assert_array_equal(dataset.inputs, expected)


def test_a_label_unseen_in_training_is_filled_as_a_missing_cell_is(table_of):
    rows = "a,train,1.5\nb,train,2.5\nc,train,0.5\n" * 4 + "b,train,1.5\nz,test,3.5\na,test,4.5\n,test,0.5\n"
    dataset = prepare_dataset(table_of("c,part,y\n" + rows), DataSettings(target="y", split_column="part"), 0)
    assert dataset.input_names == ("c=a", "c=b", "c=c")
    np.testing.assert_array_equal(dataset.inputs[13:], [[0.0, 1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])
    said = "1 cell holds a label that no training row has: 1 in c ('z'; taken as missing: most frequent, b)."
    assert said in dataset.notes


def test_missing_labels_can_be_a_level(table_of):
    rows = "a,1,train,1.5\nb,,train,2.5\n,3,train,0.5\n" * 4 + ",4,train,1.5\nz,2,test,3.5\na,2,test,4.5\n,2,test,0.5\n"
    table = table_of("c,v,part,y\n" + rows)
    settings = DataSettings(target="y", split_column="part", missing="level")
    dataset = prepare_dataset(table, settings, 0)
    assert dataset.input_names == ("c=a", "c=b", "c=(missing)", "v")
    assert dataset.labels[0] == ("a", "b", "(missing)")
    # Numbers are filled in; a label that was not trained on counts as a missing cell does.
    np.testing.assert_array_equal(
        dataset.inputs[:3], [[1.0, 0.0, 0.0, 1.0], [0.0, 1.0, 0.0, 3.0], [0.0, 0.0, 1.0, 3.0]]
    )
    np.testing.assert_array_equal(dataset.inputs[13:, :3], [[0.0, 0.0, 1.0], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]])
    assert "Missing cells are a level of their own in c." in dataset.notes
    assert "4 missing cells imputed: 4 in v (median 3)." in dataset.notes
    assert any("taken as missing: (missing)" in note for note in dataset.notes)
    encoding = dataset.encoding
    assert encoding_from_dict(json.loads(json.dumps(encoding_to_dict(encoding)))) == encoding


def test_a_level_for_missing_cells_needs_some_in_training_and_a_name_of_its_own(table_of):
    rows = "a,train,1.5\nb,train,2.5\n(missing),train,0.5\n" * 4
    settings = DataSettings(target="y", split_column="part", missing="level")
    without = prepare_dataset(table_of("c,part,y\n" + rows + "a,test,3.5\n,test,0.5\n"), settings, 0)
    assert without.input_names == ("c=(missing)", "c=a", "c=b")
    beside = prepare_dataset(table_of("c,part,y\n" + rows + ",train,3.5\na,test,0.5\n"), settings, 0)
    assert beside.input_names == ("c=(missing)", "c=a", "c=b", "c=(missing)_")


def test_a_level_for_missing_cells_holds_for_new_rows(table_of):
    table = table_of("c,y\n" + "yes,1.5\nno,2.5\n,0.5\n" * 4)
    encoding = fit_encoding(table, DataSettings(target="y", missing="level", validation_fraction=0.0))
    assert encoding.input_names == ("c=no", "c=yes", "c=(missing)")
    applied = encoding.apply(MappingRows({"c": ["yes", None, "no", "YES"]}, encoding))
    np.testing.assert_array_equal(applied.inputs, [[0, 1, 0], [0, 0, 1], [1, 0, 0], [0, 1, 0]])
    assert (applied.imputed, applied.unseen, applied.faults) == ({}, {}, ())


def test_an_encoder_can_be_fitted_on_any_rows(table_of):
    table = table_of("c,v,b,d\n" + "a,1,yes,x\na,2,no,y\n,4,,\nb,,yes,z\nb,8,yes,z\nz,16,no,w\n")
    columns = fit_columns(table, ["c", "v", "b", "d"], np.array([1, 4, 3, 0]))
    encoding = Encoding(columns, TargetEncoding("y", "numeric", "regression", (), None, None, 0.0, 1.0))
    assert encoding.input_names == ("c=b", "v", "b=yes", "d=x", "d=y", "d=z")
    assert encoding.input_groups.tolist() == [0, 1, 2, 3, 3, 3]
    assert encoding.levels == (("a", "b"), (), ("no", "yes"), ("x", "y", "z"))
    # The last row's z and w are labels that were not trained on, and count as missing cells do.
    expected = [[0, 1, 1, 1, 0, 0], [0, 4, 1, 0, 0, 1], [1, 2, 1, 0, 0, 1], [0, 16, 0, 0, 0, 1]]
    applied = encoding.encode(TableRows(table, np.array([0, 2, 3, 5])))
    np.testing.assert_array_equal(applied.inputs, expected)
    assert (applied.imputed, applied.unseen) == ({"c": 1, "v": 1, "b": 1, "d": 1}, {"c": ("z",), "d": ("w",)})
    assert [fill_text(column) for column in encoding.columns] == [
        "most frequent, a",
        "median 2",
        "most frequent, yes",
        "most frequent, z",
    ]


def test_what_a_missing_date_becomes_is_told_as_a_day(table_of):
    rows = "".join(f"2024-03-{1 + row:02d},{6 + row}:30,{row}.5\n" for row in range(9)) + ",,3.5\n"
    table = table_of("when,clock,y\n" + rows)
    columns = fit_columns(table, ["when", "clock"], np.arange(10))
    assert [fill_text(column) for column in columns] == ["median 2024-03-05", "median 0.4375"]


def test_columns_named_are_used_whatever_their_kind(mixed):
    dataset = prepare_dataset(mixed, replace(SETTINGS, features=("when", "id", "note", "same")), 0)
    assert dataset.input_names[:2] == ("when", "id")
    assert dataset.input_names[2].startswith("note=a long remark")
    assert len(dataset.input_names) == 2 + 30 + 1
    np.testing.assert_array_equal(np.diff(dataset.inputs[:28, 0]), np.ones(27))
    assert dataset.input_scaler.scale[-1] == 1.0


def test_dropping_rows_instead_of_imputing(mixed):
    dataset = prepare_dataset(mixed, replace(SETTINGS, missing="drop"), 0)
    kept = [i for i in range(40) if i not in (3, 5, 30)]
    np.testing.assert_array_equal(dataset.targets, mixed.column("price").numbers[kept])
    assert "3 rows left out: a feature is missing." in dataset.notes
    assert not any("imputed" in note for note in dataset.notes)


def test_rows_without_a_target_are_left_out_and_counted(table_of):
    table = table_of("x,y\n1.5,1.5\n2.5,\n3,NA\n4.5,4.5\n5,5.5\n")
    dataset = prepare_dataset(table, DataSettings(target="y", validation_fraction=0.0), 0)
    np.testing.assert_array_equal(dataset.targets, [1.5, 4.5, 5.5])
    np.testing.assert_array_equal(dataset.inputs[:, 0], [1.5, 4.5, 5.0])
    assert dataset.notes[0] == "2 rows left out: y, the target, is missing."


def test_standardising_can_be_switched_off(mixed):
    dataset = prepare_dataset(mixed, replace(SETTINGS, standardize=False, standardize_target=False), 0)
    rows = np.arange(40)
    np.testing.assert_array_equal(dataset.standardized_inputs(rows), dataset.inputs)
    np.testing.assert_array_equal(dataset.standardized_targets(rows), dataset.targets)
    assert dataset.notes[-2:] == ("Inputs are not standardised.", "The target is not standardised.")


@pytest.mark.parametrize(
    ("cells", "classes", "first_values"),
    [
        (["b", "a", "b", "a", "b", "a"], ("a", "b"), [1, 0]),
        (["10", "9", "10", "9", "9", "10"], ("9", "10"), [1, 0]),
        (["1.0", "0", "1", "0.0", "1", "0"], ("0", "1.0"), [1, 0]),
        (["true", "False", "TRUE", "false", "true", "False"], ("False", "true"), [1, 0]),
        (["Yes", "no", "yes", "No", "yes", "no"], ("no", "Yes"), [1, 0]),
    ],
)
def test_classes_are_sorted_and_spelled_as_in_the_file(table_of, cells, classes, first_values):
    table = table_of("x,y\n" + "".join(f"{i * 1.5},{cell}\n" for i, cell in enumerate(cells)))
    dataset = prepare_dataset(table, DataSettings(target="y", validation_fraction=0.0), 0)
    assert (dataset.task, dataset.classes) == ("classification", classes)
    assert dataset.targets[:2].tolist() == first_values
    assert dataset.target_scaler.scale.tolist() == [1.0]


@pytest.mark.parametrize(
    ("cells", "task"),
    [
        (["1.5", "2", "3", "4", "1", "2"], "regression"),
        ([str(i * 7) for i in range(11)], "regression"),
        (["5", "5", "5", "5"], "regression"),
        (["3", "4", "3", "4"], "classification"),
    ],
)
def test_the_task_that_auto_chooses(table_of, cells, task):
    table = table_of("x,y\n" + "".join(f"{i * 1.5},{cell}\n" for i, cell in enumerate(cells)))
    assert prepare_dataset(table, DataSettings(target="y"), 0).task == task


def test_a_constant_regression_target_has_scale_one_and_a_note(table_of):
    table = table_of("x,y\n" + "".join(f"{i * 1.5},5.1\n" for i in range(8)))
    dataset = prepare_dataset(table, DataSettings(target="y"), 0)
    assert dataset.target_scaler.scale.tolist() == [1.0]
    assert dataset.notes[-1] == "The target is the same in every training row: there is nothing to learn."


@pytest.mark.parametrize("name", ["t", "y"])
@pytest.mark.parametrize("shift", [0.0, 1e9, 1732795200000000.0])
def test_what_varies_is_standardised_however_far_from_0_it_lies(table_of, name, shift):
    """A spread below 1e-12 of the mean was taken for rounding, and the column left as it was."""
    values = np.random.default_rng(0).permutation(40) * 23.0
    lines = "".join(f"{value:.0f},{shift + step:.0f}\n" for value, step in zip(range(100, 140), values, strict=True))
    table = table_of(("y,t\n" if name == "t" else "t,y\n") + lines)
    dataset = prepare_dataset(table, DataSettings(target="y", features=("t",), validation_fraction=0.0), 0)
    scaler = dataset.input_scaler if name == "t" else dataset.target_scaler
    assert scaler.scale[0] == pytest.approx(values.std(), rel=1e-14)
    assert scaler.mean[0] == pytest.approx(shift + values.mean(), rel=1e-15)
    assert not any("the same in every training row" in note for note in dataset.notes)


def test_a_column_that_is_constant_in_the_training_rows_is_named_and_0_there(table_of):
    rows = "".join(f"0.1,{i % 3}.5,train,{i + 0.5}\n" for i in range(7)) + "0.3,1.5,validation,2.5\n"
    table = table_of("c,x,part,y\n" + rows)
    dataset = prepare_dataset(table, DataSettings(target="y", split_column="part"), 0)
    assert not dataset.standardized_inputs(dataset.split.train)[:, 0].any()
    assert (dataset.input_scaler.mean[0], dataset.input_scaler.scale[0]) == (0.1, 1.0)
    assert "Inputs that are the same in every training row are 0 there: c." in dataset.notes


@pytest.mark.parametrize(
    ("settings", "cells", "words"),
    [
        ({}, ["-1e300", "0", "1e300"], None),
        ({"standardize": False}, ["1e14", "5", "-1e14"], None),
        ({"standardize": False}, ["1e16", "5", "-1e14"], "column 'x': 1e+16 is too large to work with as it is; stand"),
        ({"standardize_target": False}, ["1e16", "5", "-1e14"], None),
        ({}, ["1e-310", "3e-310", "-1e-310"], None),
        ({"standardize": False}, ["1e-120", "3e-120", "0"], None),
        (
            {"standardize": False},
            ["1e-200", "3e-200", "0"],
            "column 'x': its values differ by 3e-200 at most, too little",
        ),
    ],
)
def test_how_large_a_number_may_be(table_of, settings, cells, words):
    table = table_of("x,y\n" + "".join(f"{cell},{i + 0.5}\n" for i, cell in enumerate(cells)))
    settings = DataSettings(target="y", validation_fraction=0.0, **settings)
    if words is not None:
        with pytest.raises(DataError, match=words.replace("+", "[+]")):
            prepare_dataset(table, settings, 0)
        return
    inputs = prepare_dataset(table, settings, 0).standardized_inputs(np.arange(3))[:, 0]
    expected = np.array([float(cell) for cell in cells])
    if settings.standardize:
        unit = np.abs(expected).max()
        expected = expected / unit
        expected = (expected - expected.mean()) / expected.std()
    np.testing.assert_allclose(inputs, expected, rtol=1e-14)


def test_a_target_that_next_to_does_not_vary_is_refused_where_it_is_not_standardised(table_of):
    table = table_of("x,y\n" + "".join(f"{i}.5,{i % 7}.5e-200\n" for i in range(20)))
    assert prepare_dataset(table, DataSettings(target="y"), 0).standardized_targets(np.arange(20)).std() > 0.1
    with pytest.raises(DataError, match=r"column 'y': its values differ by [56]e-200 at most, too little to work"):
        prepare_dataset(table, DataSettings(target="y", standardize_target=False), 0)


def test_a_target_absurdly_far_from_the_training_rows_is_refused_with_its_line(table_of):
    rows = [f"{i},{i % 7}.5,train" for i in range(20)] + ["3.5,1e30,validation"]
    table = table_of("\n".join(["x,y,part", *rows]) + "\n")
    with pytest.raises(DataError, match=r"1e\+30 is too far from the training rows") as caught:
        prepare_dataset(table, DataSettings(target="y", split_column="part"), 0)
    assert (caught.value.row, caught.value.column) == (22, "y")


def test_the_split_is_stratified_and_seeded(table_of):
    table = table_of("x,y\n" + "".join(f"{i * 1.5},{'a' if i % 5 else 'b'}\n" for i in range(100)))
    settings = DataSettings(target="y", validation_fraction=0.25, test_fraction=0.1)
    dataset = prepare_dataset(table, settings, 7)
    assert [dataset.targets[part].sum() for part in (dataset.split.validation, dataset.split.test)] == [5, 2]
    assert np.array_equal(dataset.split.train, prepare_dataset(table, settings, 7).split.train)
    assert not np.array_equal(dataset.split.train, prepare_dataset(table, settings, 8).split.train)


@pytest.mark.parametrize(
    ("changes", "column", "words"),
    [
        ({"target": None}, None, "no target is chosen"),
        ({"target": "prise"}, None, "there is no column 'prise' to use as target; did you mean price?"),
        ({"target": "zzz"}, None, "the columns are id, age, colour"),
        ({"features": ("age", "Color")}, None, "'Color' to use as feature; did you mean colour?"),
        ({"split_column": "parts"}, None, "'parts' to use as split column; did you mean part?"),
        ({"features": ("age", "price")}, "price", "the target cannot be a feature"),
        ({"features": ("age", "part")}, "part", "the split column cannot be a feature"),
        ({"split_column": "price"}, "price", "cannot also split"),
        ({"features": ()}, None, "no feature is chosen"),
        ({"target": "colour", "task": "regression"}, "colour", "regression needs a target of numbers"),
        ({"target": "price", "task": "classification"}, "price", "38 classes in 40 rows, too few rows of each"),
        ({"target": "id", "task": "classification"}, "id", "choose regression or another target"),
        ({"target": "note"}, "note", "40 classes in 40 rows, too few rows of each to learn from; choose another"),
        ({"target": "same", "task": "classification"}, "same", "every row has the class '7', so"),
        ({"validation_fraction": 1.0}, None, "validation fraction is 1"),
        ({"validation_fraction": 0.6, "test_fraction": 0.4}, None, "add up to 1 or more"),
    ],
)
def test_settings_that_do_not_fit_the_table(mixed, changes, column, words):
    with pytest.raises(DataError) as caught:
        prepare_dataset(mixed, replace(SETTINGS, **changes), 0)
    assert caught.value.column == column
    assert words in str(caught.value)
    assert str(caught.value).startswith("t.csv")


@pytest.mark.parametrize(
    ("text", "settings", "words"),
    [
        ("id,y\n1,1.5\n2,2.5\n3,3.5\n", DataSettings(target="y"), "left out are id (identifier); choose those"),
        ("y\n1.5\n2.5\n", DataSettings(target="y"), "no column is left as a feature"),
        ("x,y\n1.5,\n2.5,NA\n3,\n", DataSettings(target="y"), "every cell is missing; choose another target"),
        ("x,z,y\n1.5,,1.5\n2.5,,2.5\n", DataSettings(target="y", features=("z",)), "every cell is missing"),
        ("x,y\n1.5,1.5\n2.5,\n", DataSettings(target="y", features=("x",)), "1 row to train on"),
        (
            "x,z,w,y\n1.5,,1,1.5\n,2.5,2,2.5\n,3.5,5,5\n4.5,,3,5\n,,9,4\n5.5,6,7,\n",
            DataSettings(target="y", missing="drop"),
            "no row is left: each lacks the target or a feature. Missing most often: x (3 of 6 cells), z (3 of 6 "
            "cells), and the target y in 1 row. Impute missing cells, or leave such columns out of the features.",
        ),
        (
            "x,p,y\n1.5,train,a\n2.5,train,a\n3.5,test,b\n4,test,b\n",
            DataSettings(target="y", split_column="p"),
            "every training row has the class 'a'",
        ),
        (
            "x,y\n1e301,1\n-1e200,2.5\n5,3\n",
            DataSettings(target="y", validation_fraction=0.0),
            "line 2, column 'x': 1e+301 is too large",
        ),
    ],
)
def test_too_little_to_train_on(table_of, text, settings, words):
    with pytest.raises(DataError) as caught:
        prepare_dataset(table_of(text), settings, 0)
    assert words in str(caught.value)


def test_more_inputs_than_can_be_solved_for_are_refused_by_name(table_of, monkeypatch):
    monkeypatch.setattr("regdesk.data.prepare.column_fitting.MOST_INPUTS", 1000)
    table = table_of("key,y\n" + "".join(f"k{i},{i * 1.5}\n" for i in range(1400)))
    with pytest.raises(DataError, match="Leave it out of the features") as caught:
        prepare_dataset(table, DataSettings(target="y", features=("key",)), 0)
    assert caught.value.column == "key"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x,Target,z\n1.5,2.5,3.5\n2,3,4.5\n", "Target"),
        ("x,z,name\n1.5,2.5,ann\n2,3,bob\n", "z"),
        ("x,z,kind\n1.5,9.5,a\n2,8,b\n3,7,c\n2.5,8,a\n3.5,7,b\n6,1,c\n", "kind"),
        ("x,class,z\n1.5,a,9.5\n2,b,8\n3,c,7\n2.5,a,8\n3.5,b,7\n6,c,1\n", "class"),
        # Nearly as many labels as rows.
        ("x,z,kind\n1.5,9.5,a\n2,8,b\n3,7,c\n2.5,8,a\n3.5,7,b\n", "z"),
        ("x,z,count\n1.5,9.5,3\n2,8,5\n3,7,2\n2.5,8,3\n3.5,7,9\n", "z"),
        ("x\n1.5\n2.5\n", None),
        ("x,name\n1.5,ann\n2.5,bob\n", None),
    ],
)
def test_the_target_to_start_with(table_of, text, expected):
    assert suggest_target(table_of(text)) == expected


@pytest.mark.parametrize(
    ("name", "n_classes", "expected"),
    [("town", 10, "town"), ("town", 11, "x"), ("label", 26, "label"), ("label", 101, "x")],
)
def test_many_labels_are_a_target_to_start_with_only_by_name(table_of, name, n_classes, expected):
    table = table_of(f"x,{name}\n" + "".join(f"{i * 1.5},k{i % n_classes}\n" for i in range(3 * n_classes)))
    assert suggest_target(table) == expected


@pytest.mark.parametrize("load", [load_iris, load_wine, load_digits])
def test_several_classes_are_those_of_the_file(table_of, load):
    data = load()
    names = [f"x{i}" for i in range(data.data.shape[1])]
    labels = [f"kind {data.target_names[number]}" for number in data.target]
    lines = [",".join([*map(str, row), label]) for row, label in zip(data.data, labels, strict=True)]
    table = table_of("\n".join([",".join([*names, "what"]), *lines]) + "\n")
    assert suggest_target(table) == "what"
    dataset = prepare_dataset(table, DataSettings(target="what", validation_fraction=0.2, test_fraction=0.1), 3)
    expected, values = np.unique(labels, return_inverse=True)
    assert (dataset.task, dataset.classes, dataset.n_outputs) == ("classification", tuple(expected), len(expected))
    np.testing.assert_array_equal(dataset.targets, values)
    np.testing.assert_array_equal(dataset.standardized_targets(np.arange(len(values))), values)
    for rows, fraction in ((dataset.split.validation, 0.2), (dataset.split.test, 0.1)):
        assert np.abs(np.bincount(values[rows]) - fraction * np.bincount(values)).max() < 1


def test_a_hundred_classes_are_told_apart_and_one_more_is_not(table_of):
    def text(n_classes):
        return "x,town\n" + "".join(f"{i * 1.5},town {i % n_classes:03}\n" for i in range(4 * n_classes))

    settings = DataSettings(target="town")
    dataset = prepare_dataset(table_of(text(100)), settings, 0)
    assert dataset.n_outputs == len(dataset.classes) == 100
    assert len(np.unique(dataset.targets[dataset.split.train])) == 100
    with pytest.raises(DataError) as caught:
        prepare_dataset(table_of(text(101)), settings, 0)
    assert str(caught.value) == (
        "t.csv, column 'town': there are 101 classes ('town 000', 'town 001', 'town 002' and 98 more) and at most "
        "100 can be told apart; choose another target, or give several of them one name."
    )


def test_classes_of_few_rows_train_and_the_notes_say_what_that_costs(table_of):
    labels = ["a"] * 12 + ["b"] * 6 + ["c", "c", "d"]
    table = table_of("x,y\n" + "".join(f"{i * 1.5},{label}\n" for i, label in enumerate(labels)))
    dataset = prepare_dataset(table, DataSettings(target="y", validation_fraction=0.25), 0)
    assert np.bincount(dataset.targets[dataset.split.train].astype(int)).tolist() == [9, 4, 2, 1]
    absent = "No validation row has the classes 'c', 'd'; scores that rank, such as AUROC, are not defined there."
    assert absent in dataset.notes
    dataset = prepare_dataset(table, DataSettings(target="y", validation_fraction=0.0, test_fraction=0.3), 0)
    assert "No test row has the class 'd'; scores that rank, such as AUROC, are not defined there." in dataset.notes
    assert not any(note.startswith("No validation") for note in dataset.notes)


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        (
            "train train train train test test",
            "no training row has the class 'c'; the rows are split by part: correct it or use another column",
        ),
        ("train train test test test test", "every training row has the class 'a'; the rows are split by part"),
    ],
)
def test_a_class_that_no_training_row_has_is_named(table_of, parts, words):
    rows = [f"{i * 1.5},{'aabbcc'[i]},{part}" for i, part in enumerate(parts.split())]
    table = table_of("\n".join(["x,y,part", *rows]) + "\n")
    with pytest.raises(DataError, match=words) as caught:
        prepare_dataset(table, DataSettings(target="y", split_column="part"), 0)
    assert caught.value.column == "y"


def test_a_cell_absurdly_far_from_the_training_rows_is_refused_with_its_line(table_of):
    rows = [f"{0.5 * i * (-1) ** i},{i % 7}.5,train" for i in range(20)]
    rows.insert(11, "1e30,2.5,validation")
    table = table_of("\n".join(["size,price,part", *rows]) + "\n")
    with pytest.raises(DataError, match="too far from the training rows") as caught:
        prepare_dataset(table, replace(SETTINGS, target="price"), 0)
    assert (caught.value.row, caught.value.column) == (13, "size")
    assert "1e+30" in str(caught.value)
