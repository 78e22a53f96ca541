"""A copy of a table with changed cells and added rows: what is fitted, what is said, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest
from fit_command import dataset_of, fit
from tables import write_classes, write_csv, write_curve

from regdesk.cli import headless
from regdesk.core.types import DataSettings
from regdesk.data.csv.reader import read_table
from regdesk.data.editing.changed_cells import with_changed_cells
from regdesk.data.errors import DataError
from regdesk.data.prepare.encoding import prepare_dataset
from regdesk.data.prepare.folds import prepare_folds

CELLS = (("3:degrees", "25.5"), ("3:hour", "1.25"), ("7:hour", "9"), ("41:hour", "2"), ("41:degrees", "-4"))


@pytest.fixture
def curve(tmp_path):
    return write_curve(tmp_path / "curve.csv")


def test_the_copy_has_the_cells_and_the_parts_stay(curve):
    before, after = dataset_of(curve, target="degrees"), dataset_of(curve, target="degrees", cells=CELLS)
    expected = before.inputs.copy()
    expected[2, 0], expected[6, 0] = 1.25, 9.0
    np.testing.assert_array_equal(after.inputs, [*expected, [2.0]])
    assert (after.targets[2], after.targets[40]) == (25.5, -4.0)
    assert after.split.train.tolist() == [*before.split.train.tolist(), 40]
    assert after.split.validation.tolist() == before.split.validation.tolist()
    np.testing.assert_allclose(after.input_scaler.mean, after.inputs[after.split.train].mean(axis=0))
    assert after.notes[0] == "Your copy of curve.csv: 2 points moved, 1 added; the file is untouched."
    assert (after.row_lines[-1], len(after.row_lines)) == (42, 41)


def test_added_rows_train_in_every_division(curve):
    settings = DataSettings(target="degrees", cells=CELLS, test_fraction=0.2)
    table = read_table(curve)
    plain = prepare_folds(table, DataSettings(target="degrees", test_fraction=0.2), 0, 5)
    folds = prepare_folds(table, settings, 0, 5)
    assert folds.whole.split.test.tolist() == plain.whole.split.test.tolist()
    assert 40 in folds.whole.split.train.tolist()


def test_a_command_says_the_cells_and_its_record_has_them(capsys, engine, curve):
    said = [word for place, value in CELLS for word in ("--cell", f"{place}={value}")]
    options = ("--hidden", "", "--penalty", "none")
    record = fit(capsys, curve, "degrees", *options, *said)
    assert record["provenance"]["changed_cells"] == dict(CELLS)
    assert record["n_train"] == fit(capsys, curve, "degrees", *options)["n_train"] + 1
    dataset = dataset_of(curve, target="degrees", cells=CELLS)
    train = dataset.split.train
    slope, intercept = np.polyfit(dataset.inputs[train, 0], dataset.targets[train], 1)
    np.testing.assert_allclose(record["coefficients"]["hour"]["original"], slope, rtol=1e-9)
    np.testing.assert_allclose(record["intercept_original"], intercept, rtol=1e-9)


def test_a_label_is_given_and_a_number_makes_no_class_of_a_number(tmp_path):
    classes = write_classes(tmp_path / "kinds.csv", 2)
    cells = (("91:x0", "0.5"), ("91:x1", "0.25"), ("91:colour", "red"))
    dataset = dataset_of(classes, target="colour", cells=cells)
    assert (dataset.classes, dataset.targets[90], dataset.inputs[90].tolist()) == (("blue", "red"), 1.0, [0.5, 0.25])
    file = write_csv(
        tmp_path / "few.csv", ["x", "y"], [[0.5 * row for row in range(30)], [1 + row % 3 for row in range(30)]]
    )
    assert dataset_of(file, target="y", cells=(("1:y", "2.5"),)).task == "classification"


def test_a_name_with_an_equals_sign_is_found(tmp_path):
    file = write_csv(tmp_path / "odd.csv", ["a=b", "y"], [[0.5, 1.5, 2.5, 3.5], [1.5, 2.0, 3.0, 5.0]])
    for cells in ((("2:a=b", "9"),), (("2:a", "b=9"),)):
        assert with_changed_cells(read_table(file), cells).table.column("a=b").numbers.tolist() == [0.5, 9.0, 2.5, 3.5]


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        (("43:hour", "2"), "row 43 cannot be added: the table has 40 rows"),
        (("x:hour", "2"), "names no cell"),
        (("0:hour", "2"), "names no cell"),
        (("2:wind", "2"), "'wind'.*no such column"),
        (("2:hour", "noon"), "'hour'.*'noon' in row 2 is not a number"),
        (("2:hour", "inf"), "in row 2 is not a number"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(curve, cell, problem):
    with pytest.raises(DataError, match=problem):
        prepare_dataset(read_table(curve), DataSettings(target="degrees", cells=(cell,)))


def test_a_label_that_is_none_is_refused(tmp_path, capsys):
    file = write_classes(tmp_path / "kinds.csv", 2)
    with pytest.raises(DataError, match=r"'colour'.*'pink' is none of its labels, in row 1"):
        prepare_dataset(read_table(file), DataSettings(target="colour", cells=(("1:colour", "pink"),)))
    assert headless.run(["fit", str(file), "--target", "colour", "--cell", "1:x0"]) == 2
    assert "such as 12:size=3.5" in capsys.readouterr().err
