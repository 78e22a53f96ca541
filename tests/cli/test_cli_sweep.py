"""``regdesk sweep``: its record, its files, the λ it chooses, and what it refuses."""

from __future__ import annotations

import csv
import json
import math

import numpy as np
import pytest
from fit_command import fit, write_csv
from sklearn.datasets import load_diabetes, load_iris

from regdesk.cli import headless
from regdesk.core.types import DataSettings
from regdesk.data.csv.reader import read_table
from regdesk.data.prepare.folds import prepare_folds

LINEAR = ("--hidden", "")
KEYS = {
    "task", "target", "features", "classes", "penalty", "n_rows", "n_test", "folds", "lambda_max", "lambdas",
    "train_loss", "validation_loss", "validation_se", "n_nonzero", "intercepts", "coefficients", "duality_gap",
    "converged", "reason", "unique", "lambda_best", "lambda_1se",
    "degrees_of_freedom", "aic", "bic", "lambda_aic", "lambda_bic", "seconds", "provenance",
}  # fmt: skip


@pytest.fixture(scope="module")
def diabetes(tmp_path_factory):
    data = load_diabetes(scaled=False)
    names = [*data.feature_names, "progression"]
    return write_csv(tmp_path_factory.mktemp("sweep") / "diabetes.csv", names, [*data.data.T, data.target])


@pytest.fixture(scope="module")
def iris(tmp_path_factory):
    data = load_iris()
    folds = np.arange(150) % 3
    columns = [*data.data.T, [f"f{fold}" for fold in folds], data.target_names[data.target]]
    return write_csv(tmp_path_factory.mktemp("sweep") / "iris.csv", ["a", "b", "c", "d", "fold", "species"], columns)


def sweep(capsys, file, target, *options):
    assert headless.run(["sweep", str(file), "--target", target, "--json", *LINEAR, *options]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return json.loads(out)


def rows_of(path):
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def test_the_record_of_a_lasso(capsys, diabetes, engine):
    record = sweep(capsys, diabetes, "progression", "--penalty", "l1")
    assert set(record) == KEYS
    lambdas, losses = np.array(record["lambdas"]), np.array(record["validation_loss"])
    assert len(lambdas) == 50
    assert lambdas[0] == pytest.approx(record["lambda_max"])
    assert lambdas[-1] == pytest.approx(1e-4 * record["lambda_max"])
    np.testing.assert_allclose(np.diff(np.log(lambdas)), math.log(1e-4) / 49)
    assert record["n_nonzero"][0] == 0
    assert record["n_nonzero"][-1] == 10
    assert all(record["converged"])
    best = int(losses.argmin())
    assert record["lambda_best"] == lambdas[best]
    simple = record["lambdas"].index(record["lambda_1se"])
    assert losses[simple] <= losses[best] + record["validation_se"][best] < losses[simple - 1]
    assert np.shape(record["coefficients"]) == (50, 10)


def test_its_models_are_those_of_fit(capsys, diabetes, engine):
    record = sweep(capsys, diabetes, "progression", "--penalty", "l1", "--lambdas", "0.01,0.1,0.01")
    assert record["lambdas"] == [0.1, 0.01]
    for number, lam in enumerate(record["lambdas"]):
        single = fit(
            capsys, diabetes, "progression", *LINEAR, "--penalty", "l1", "--lam", str(lam), "--tol", "1e-10",
            "--validation-fraction", "0",
        )  # fmt: skip
        assert record["n_nonzero"][number] == single["n_nonzero"]
        assert record["intercepts"][number] == pytest.approx(single["intercept_original"], rel=1e-6)
        ours = dict(zip(record["features"], record["coefficients"][number], strict=True))
        for name, one in single["coefficients"].items():
            assert ours[name] == pytest.approx(one["original"], rel=1e-4, abs=1e-4)


def test_classes_named_folds_and_test_rows(capsys, iris, engine):
    record = sweep(
        capsys, iris, "species", "--fold-column", "fold", "--n-lambdas", "4", "--penalty", "group-lasso",
        "--test-fraction", "0.2",
    )  # fmt: skip
    assert (record["folds"], record["n_rows"], record["n_test"]) == (3, 120, 30)
    assert record["features"] == ["a", "b", "c", "d"]
    assert np.shape(record["coefficients"]) == (4, 4, 3)
    assert all(0 <= value <= 1 for value in record["accuracy"])
    # All weights of an input go together.
    counts = [np.count_nonzero(one, axis=1) for one in record["coefficients"]]
    assert {int(value) for one in counts for value in one} <= {0, 3}


def test_one_fold_is_the_validation_split(capsys, diabetes, engine):
    record = sweep(
        capsys, diabetes, "progression", "--penalty", "l2", "--folds", "1", "--lambdas", "0.1", "--seed", "3"
    )
    single = fit(capsys, diabetes, "progression", *LINEAR, "--lam", "0.1", "--seed", "3", "--tol", "1e-10")
    table = read_table(diabetes)
    folds = prepare_folds(table, DataSettings(target="progression"), 3, 1)
    unit = (folds.folds[0].target_scaler.scale[0] / folds.whole.target_scaler.scale[0]) ** 2
    assert record["folds"] == 1
    assert record["validation_loss"][0] == pytest.approx(unit * single["validation"]["loss"], rel=1e-6)
    assert record["train_loss"][0] == pytest.approx(unit * single["train"]["loss"], rel=1e-6)
    assert record["lambda_max"] is None


def test_the_files_hold_what_the_record_holds(capsys, diabetes, tmp_path, engine):
    folder = tmp_path / "new" / "folder"
    record = sweep(capsys, diabetes, "progression", "--penalty", "l1", "--n-lambdas", "5", "--out", str(folder))
    assert sorted(path.name for path in folder.iterdir()) == ["path.csv", "summary.json", "weights.csv"]
    assert json.loads((folder / "summary.json").read_text()) == record
    path_rows = rows_of(folder / "path.csv")
    assert [float(row["validation_loss"]) for row in path_rows] == record["validation_loss"]
    weights = rows_of(folder / "weights.csv")
    assert len(weights) == 5 * 11
    last = [float(row["original"]) for row in weights if float(row["lambda"]) == record["lambdas"][-1]]
    assert last == [record["intercepts"][-1], *record["coefficients"][-1]]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ([*LINEAR, "--penalty", "none"], "λ does nothing"),
        ([*LINEAR, "--lambdas", "1,x"], "between commas"),
        ([*LINEAR, "--lambdas", "1", "--n-lambdas", "5"], "not both"),
        ([*LINEAR, "--folds", "0"], "whole number from 1"),
        ([*LINEAR, "--folds", "1000"], "too few for 1000 folds"),
        ([*LINEAR, "--fold-column", "progression"], "cannot also fold"),
        ([*LINEAR, "--fold-column", "s2"], "name no folds"),
        ([*LINEAR, "--folds", "1", "--validation-fraction", "0"], "--validation-fraction above 0"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(capsys, diabetes, options, words):
    assert headless.run(["sweep", str(diabetes), "--target", "progression", *options]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert words in err


def test_folds_are_dealt_evenly_and_by_class(iris):
    table = read_table(iris)
    found = prepare_folds(table, DataSettings(target="species", features=("a", "b")), 0, 5)
    held = [fold.split.validation for fold in found.folds]
    assert sorted(np.concatenate(held)) == list(range(150))
    for fold, rows in zip(found.folds, held, strict=True):
        assert np.bincount(fold.targets[rows].astype(int)).tolist() == [10, 10, 10]
        assert not set(rows) & set(fold.split.train)
        # Nothing was imputed: one copy of the inputs serves all.
        assert fold.inputs is found.whole.inputs
    again = prepare_folds(table, DataSettings(target="species", features=("a", "b")), 0, 5)
    other = prepare_folds(table, DataSettings(target="species", features=("a", "b")), 1, 5)
    assert [fold.split.validation.tolist() for fold in again.folds] == [rows.tolist() for rows in held]
    assert [fold.split.validation.tolist() for fold in other.folds] != [rows.tolist() for rows in held]


def test_imputed_cells_and_labels_are_those_of_each_folds_training_rows(tmp_path):
    generator = np.random.default_rng(0)
    numbers = [f"{value:.3f}" for value in generator.normal(size=30)]
    numbers[4] = numbers[17] = ""
    colours = ["red", "blue"] * 15
    colours[8] = "green"
    file = write_csv(tmp_path / "m.csv", ["x", "colour", "y"], [numbers, colours, range(30)])
    found = prepare_folds(read_table(file), DataSettings(target="y"), 0, 3)
    for fold in found.folds:
        present = [float(numbers[row]) for row in fold.split.train if numbers[row]]
        assert fold.inputs[4, 0] == pytest.approx(np.median(present))
        assert ("colour=green" in fold.input_names) == (8 in fold.split.train)


@pytest.mark.parametrize("penalty", ["l1", "l2", "elastic-net", "group-lasso"])
def test_lambda_0_is_a_point_like_others(capsys, diabetes, engine, penalty):
    record = sweep(
        capsys, diabetes, "progression", "--features", "bmi,bp,s5", "--penalty", penalty, "--lambdas", "0,0.1,1e-9"
    )
    assert record["lambdas"] == [0.1, 1e-9, 0.0]
    plain = sweep(
        capsys, diabetes, "progression", "--features", "bmi,bp,s5", "--penalty", "l2", "--lambdas", "0", "--folds", "1"
    )
    np.testing.assert_allclose(record["coefficients"][-1], plain["coefficients"][0], rtol=1e-5)
    # Groups of one weight are L1.
    assert record["degrees_of_freedom"][-1] == pytest.approx(4)
    assert record["aic"][-1] == pytest.approx(plain["aic"][0], abs=1e-6)


def test_criteria_in_the_record_the_files_and_the_report(capsys, diabetes, tmp_path, engine):
    options = ("--penalty", "l1", "--n-lambdas", "12")
    record = sweep(capsys, diabetes, "progression", *options, "--out", str(tmp_path))
    assert record["degrees_of_freedom"] == [count + 1 for count in record["n_nonzero"]]
    for name in ("aic", "bic"):
        assert record[f"lambda_{name}"] == record["lambdas"][int(np.argmin(record[name]))]
        assert [float(row[name]) for row in rows_of(tmp_path / "path.csv")] == record[name]
    assert headless.run(["sweep", str(diabetes), "--target", "progression", *LINEAR, *options]) == 0
    lines = capsys.readouterr().out.splitlines()
    best, number = (record["lambdas"].index(record[name]) for name in ("lambda_best", "lambda_bic"))
    extra = 100 * (record["validation_loss"][number] / record["validation_loss"][best] - 1)
    n_fewer = record["n_nonzero"][best] - record["n_nonzero"][number]
    assert n_fewer == 1
    said = next(line for line in lines if line.startswith("  BIC is lowest at"))
    assert said.endswith(f": {extra:.1f} % more loss, 1 fewer weight.")
    assert any(line.endswith("BIC") for line in lines)


def test_criteria_that_are_not_defined_are_null_and_the_report_says_why(capsys, tmp_path, engine):
    generator = np.random.default_rng(0)
    wide = generator.normal(size=(12, 20)).round(6)
    file = write_csv(tmp_path / "wide.csv", [*(f"x{i}" for i in range(20)), "y"], [*wide.T, wide[:, 0]])
    record = sweep(capsys, file, "y", "--penalty", "l1", "--n-lambdas", "5", "--folds", "3")
    assert record["lambda_aic"] is record["lambda_bic"] is None
    assert record["aic"] == [None] * 5
    assert record["degrees_of_freedom"] == [count + 1 for count in record["n_nonzero"]]
    options = ("--penalty", "l1", "--n-lambdas", "5", "--folds", "3")
    assert headless.run(["sweep", str(file), "--target", "y", *LINEAR, *options]) == 0
    assert "AIC and BIC are not defined: with as many inputs as rows" in capsys.readouterr().out
