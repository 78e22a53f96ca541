"""The split: counts, strata, seed, and a column that gives the parts."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regdesk.core.words.import_facts import ColumnSplit
from regdesk.data.csv.reader import read_table
from regdesk.data.errors import DataError
from regdesk.data.prepare.splitting import TEST, TRAIN, VALIDATION, Assignment, read_assignment, split_of, split_rows


def rounded(value: float) -> int:
    return math.floor(value + 0.5 + 1e-9)


percent = st.integers(0, 45).map(lambda p: p / 100)


@settings(max_examples=200, deadline=None)
@given(st.integers(2, 400), percent, percent, st.integers(0, 2**32 - 1))
def test_parts_are_disjoint_cover_all_rows_and_have_the_size_asked_for(n, validation, test, seed):
    split = split_rows(n, validation_fraction=validation, test_fraction=test, seed=seed)
    assert sorted(np.concatenate([split.train, split.validation, split.test]).tolist()) == list(range(n))
    assert len(split.train) >= 1
    assert len(split.test) == min(rounded(test * n), n - 1)
    assert len(split.validation) == min(rounded(validation * n), n - 1 - len(split.test))
    again = split_rows(n, validation_fraction=validation, test_fraction=test, seed=seed)
    assert np.array_equal(split.train, again.train)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.integers(1, 3) | st.integers(1, 60), min_size=2, max_size=12), percent, percent, st.integers(0, 1000)
)
def test_every_class_has_its_share_of_each_part_and_trains(sizes, validation, test, seed):
    class_of = np.random.default_rng(seed).permutation(np.repeat(np.arange(len(sizes)), sizes))
    n = len(class_of)
    split = split_rows(n, validation_fraction=validation, test_fraction=test, seed=seed, class_of=class_of)
    assert sorted(np.concatenate([split.train, split.validation, split.test]).tolist()) == list(range(n))
    roomy = all(size - math.ceil(validation * size) - math.ceil(test * size) >= 1 for size in sizes)
    for part, fraction in ((split.validation, validation), (split.test, test)):
        counts = np.bincount(class_of[part], minlength=len(sizes))
        excess = counts - fraction * np.array(sizes)
        assert np.all(excess < 1.0 + 1e-6)
        assert len(part) <= rounded(fraction * n)
        if roomy:
            assert np.all(excess > -1.0 - 1e-6)
            assert len(part) == rounded(fraction * n)
    assert np.all(np.bincount(class_of[split.train], minlength=len(sizes)) >= 1)


def test_each_size_of_rare_class_is_exact():
    class_of = np.repeat([0, 1], [90, 10])
    split = split_rows(100, validation_fraction=0.2, test_fraction=0.1, seed=3, class_of=class_of)
    assert np.bincount(class_of[split.validation]).tolist() == [18, 2]
    assert np.bincount(class_of[split.test]).tolist() == [9, 1]
    assert np.bincount(class_of[split.train]).tolist() == [63, 7]


def test_classes_of_one_or_two_rows_keep_one_to_train():
    class_of = np.repeat(np.arange(23), [60, 40, 20, *[2] * 10, *[1] * 10])
    split = split_rows(len(class_of), validation_fraction=0.5, test_fraction=0.25, seed=2, class_of=class_of)
    counts = [np.bincount(class_of[part], minlength=23) for part in (split.train, split.validation, split.test)]
    assert [count[:3].tolist() for count in counts] == [[15, 10, 5], [30, 20, 10], [15, 10, 5]]
    assert counts[0][3:].tolist() == [1] * 20
    assert (counts[1] + counts[2])[3:13].tolist() == [1] * 10


def test_training_rows_come_in_random_order_also_when_stratified():
    class_of = np.repeat([0, 1], 500)
    train = split_rows(1000, validation_fraction=0.25, seed=1, class_of=class_of).train
    assert abs(np.corrcoef(train, np.arange(len(train)))[0, 1]) < 0.15
    runs = np.count_nonzero(np.diff(class_of[train]))
    assert 300 < runs < 450


def test_seeds_differ_and_test_rows_do_not_depend_on_validation():
    first = split_rows(100, validation_fraction=0.2, test_fraction=0.2, seed=1)
    assert not np.array_equal(first.train, split_rows(100, validation_fraction=0.2, test_fraction=0.2, seed=2).train)
    np.testing.assert_array_equal(first.test, split_rows(100, validation_fraction=0.4, test_fraction=0.2, seed=1).test)


@pytest.mark.parametrize(("validation", "test"), [(-0.1, 0.0), (1.0, 0.0), (0.0, 1.0), (0.5, 0.5), (float("nan"), 0.0)])
def test_impossible_fractions(validation, test):
    with pytest.raises(ValueError, match=r"fraction"):
        split_rows(10, validation_fraction=validation, test_fraction=test)


def assignment_of(tmp_path, cells, name="part", when_true=None):
    path = tmp_path / "parts.csv"
    path.write_text(f"{name},v\n" + "".join(f"{cell},5\n" for cell in cells), encoding="utf-8")
    table = read_table(path)
    return read_assignment(table, table.column(name), np.arange(table.n_rows), np.empty(0, np.int64), when_true)


@pytest.mark.parametrize(
    ("when_true", "parts"),
    [("train", (TRAIN, TEST)), ("test", (TEST, TRAIN)), ("validation", (VALIDATION, TRAIN))],
)
@pytest.mark.parametrize("name", ["part", "is_test", "train"])
def test_what_somebody_has_said_of_true_comes_before_the_name(tmp_path, name, when_true, parts):
    assignment = assignment_of(tmp_path, ["1", "0", "1", "0", "0"], name, when_true)
    assert assignment.parts.tolist() == [parts[0], parts[1], parts[0], parts[1], parts[1]]
    assert assignment.guess == ""
    assert assignment.takes_validation == (when_true != "validation")
    said = {TRAIN: "training", VALIDATION: "validation", TEST: "test"}[parts[0]]
    assert assignment.sentence().startswith(f"{name} = 1: {said}")


@pytest.mark.parametrize(
    ("name", "cells", "expected"),
    [
        ("is_test", "10010", ColumnSplit(True, "1", "test")),
        ("train", "10010", ColumnSplit(True, "1", "train")),
        ("flag", "10010", ColumnSplit(False, "1", "train")),
        ("holdout", ["yes", "no", "no", "Yes", "no"], ColumnSplit(True, "yes", "test")),
        ("part", ["train", "test", "Train", "train", "test"], ColumnSplit(True)),
        ("part", ["train", "test", "other", "train", "test"], None),
        ("is_test", "12010", None),
        ("is_test", "11111", None),
        ("is_test", ["1", "NA", "0", "1", "0"], None),
        ("x", "57391", None),
    ],
)
def test_what_a_column_could_split(tmp_path, name, cells, expected):
    path = tmp_path / "split.csv"
    path.write_text(f"{name},v\n" + "".join(f"{cell},{row}.5\n" for row, cell in enumerate(cells)), encoding="utf-8")
    assert split_of(read_table(path).columns[0]) == expected


def test_parts_by_name_are_taken_as_they_are(tmp_path):
    assignment = assignment_of(tmp_path, ["train", "Test", "VALIDATION", "Train", "test"])
    assert assignment.parts.tolist() == [TRAIN, TEST, VALIDATION, TRAIN, TEST]
    split = split_rows(5, validation_fraction=0.25, test_fraction=0.5, assignment=assignment)
    assert (sorted(split.train), split.validation.tolist(), sorted(split.test)) == ([0, 3], [2], [1, 4])


@pytest.mark.parametrize("words", [("TRUE", "false"), ("1", "0"), ("True", "False")])
def test_flags_give_the_test_rows_and_validation_comes_from_training(tmp_path, words):
    assignment = assignment_of(tmp_path, [words[0]] * 12 + [words[1]] * 4)
    class_of = np.array([0, 1, 1] * 4 + [0] * 4)
    split = split_rows(16, validation_fraction=0.25, seed=5, class_of=class_of, assignment=assignment)
    assert sorted(split.test) == [12, 13, 14, 15]
    assert len(split.validation) == 3
    assert np.bincount(class_of[split.validation]).tolist() == [1, 2]
    assert set(split.validation) | set(split.train) == set(range(12))


NO_NAME = " (the column's name does not say which is which, so true and 1 are taken for training)"


@pytest.mark.parametrize(
    ("name", "parts_of_flags", "guess"),
    [
        ("is_test", (TEST, TRAIN), ""),
        ("test", (TEST, TRAIN), ""),
        ("isTest", (TEST, TRAIN), ""),
        ("in test set", (TEST, TRAIN), ""),
        ("testset", (TEST, TRAIN), ""),
        ("IS_TEST", (TEST, TRAIN), ""),
        ("Hold-out", (TEST, TRAIN), ""),
        ("is_holdout", (TEST, TRAIN), ""),
        ("heldOut", (TEST, TRAIN), ""),
        ("not_test", (TRAIN, TEST), ""),
        ("train", (TRAIN, TEST), ""),
        ("is.training", (TRAIN, TEST), ""),
        ("istrain", (TRAIN, TEST), ""),
        ("is_validation", (VALIDATION, TRAIN), ""),
        ("val", (VALIDATION, TRAIN), ""),
        ("part", (TRAIN, TEST), NO_NAME),
        ("train_test", (TRAIN, TEST), NO_NAME),
        ("latest", (TRAIN, TEST), NO_NAME),
        ("contest", (TRAIN, TEST), NO_NAME),
        ("valid", (TRAIN, TEST), NO_NAME),
    ],
)
@pytest.mark.parametrize("words", [("1", "0"), ("True", "false"), ("yes", "no")])
def test_a_flag_means_what_the_columns_name_says(tmp_path, name, parts_of_flags, guess, words):
    assignment = assignment_of(tmp_path, [words[1], words[0], words[1], words[1]], name)
    on, off = parts_of_flags
    assert assignment.parts.tolist() == [off, on, off, off]
    assert assignment.takes_validation == (VALIDATION not in parts_of_flags)
    assert assignment.guess == guess
    names = {TRAIN: "training", VALIDATION: "validation", TEST: "test"}
    if assignment.takes_validation:
        names[TRAIN] = "training and validation"
    said = f"{words[0].casefold()}: {names[on]}, 1 row; {words[1].casefold()}: {names[off]}, 3 rows"
    assert assignment.sentence() == f"{name} = {said}{guess}."
    folded = [names[part] if part == TEST else "folds" for part in parts_of_flags]
    assert f": {folded[0]}, 1 row; " in assignment.sentence(is_folded=True)
    assert f": {folded[1]}, 3 rows" in assignment.sentence(is_folded=True)


def test_words_for_the_parts_mean_themselves_whatever_the_name(tmp_path):
    assignment = assignment_of(tmp_path, ["train", "test", "validation", "train"], "is_test")
    assert assignment.parts.tolist() == [TRAIN, TEST, VALIDATION, TRAIN]
    said = "is_test = test: test, 1 row; train: training, 2 rows; validation: validation, 1 row."
    assert assignment.sentence() == said


@pytest.mark.parametrize(
    ("cells", "line", "said"),
    [
        (["train", "test", "trian", "train"], 4, "'trian'"),
        (["true", "false", "", "true"], 4, "a missing cell"),
        (["1", "0", "2", "1"], 4, "'2'"),
        (["train", "true", "test"], 3, "'true'"),
    ],
)
def test_any_other_value_is_named_with_its_line(tmp_path, cells, line, said):
    with pytest.raises(DataError) as caught:
        assignment_of(tmp_path, cells)
    assert (caught.value.row, caught.value.column) == (line, "part")
    assert said in str(caught.value)


def test_an_assignment_without_flags_draws_nothing():
    parts = np.array([TRAIN, TRAIN, TEST], np.int8)
    split = split_rows(3, validation_fraction=0.5, assignment=Assignment(parts, takes_validation=False))
    assert len(split.validation) == 0
