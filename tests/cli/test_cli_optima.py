"""What ``fit`` and ``sweep`` say where there is no optimum, more than one, or more inputs than can be listed."""

from __future__ import annotations

import csv
import json

import numpy as np
import pytest
from fit_command import fit, write_csv
from longley import COEFFICIENTS, INTERCEPT, TABLE, correct_digits

from regdesk.cli import headless

LINEAR = ("--hidden", "", "--validation-fraction", "0")


@pytest.fixture
def four_rows(tmp_path):
    """Two classes that ``a`` alone tells apart."""
    columns = ["low", "low", "high", "high"], [1.5, 2, 3, 4], [4, 1, 3, 2]
    return write_csv(tmp_path / "four.csv", ["y", "a", "b"], columns)


@pytest.fixture
def longley(tmp_path):
    names = ["y", *(f"x{number}" for number in range(1, 7))]
    return write_csv(tmp_path / "longley.csv", names, TABLE.T)


def swept(capsys, file, target, *options):
    assert headless.run(["sweep", str(file), "--target", target, "--json", *options]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("options", [("--penalty", "none"), ("--penalty", "l1", "--lam", "0"), ("--lam", "0")])
def test_a_fit_of_separated_classes_without_a_penalty_has_not_converged(capsys, four_rows, options):
    record = fit(capsys, four_rows, "y", *LINEAR, *options)
    assert record["converged"] is False
    assert record["reason"].startswith("separated by a: the classes can be told apart completely")
    assert record["unique"] is None
    assert headless.run(["fit", str(four_rows), "--target", "y", *LINEAR, *options]) == 0
    text = capsys.readouterr().out
    assert "Not converged" in text
    assert "Separated by a: " in text
    with_penalty = fit(capsys, four_rows, "y", *LINEAR, "--lam", "1e-8")
    assert (with_penalty["converged"], with_penalty["reason"]) == (True, None)
    assert with_penalty["duality_gap"] <= 1e-8 * with_penalty["objective"]


def test_an_optimiser_that_was_chosen_says_the_same(capsys, four_rows):
    options = ("--penalty", "none", "--optimizer", "momentum", "--learning-rate", "1", "--tol", "0.01")
    record = fit(capsys, four_rows, "y", *LINEAR, *options)
    assert record["kkt_residual"] <= 0.01
    assert record["converged"] is False
    assert record["reason"].startswith("separated by a: ")


def test_a_sweep_chooses_no_lambda_at_which_there_is_no_best_model(capsys, tmp_path):
    """Both classes of each fold are told apart as all are: at λ = 0 the loss on new rows is the least there is."""
    generator = np.random.default_rng(0)
    x = np.round(np.concatenate([generator.uniform(-2, -1, 30), generator.uniform(1, 2, 30)]), 3)
    file = write_csv(tmp_path / "apart.csv", ["x", "side"], [x, np.where(x > 0, "right", "left")])
    arguments = ("--hidden", "", "--lambdas", "0.1,0.001,0")
    record = swept(capsys, file, "side", *arguments)
    assert record["validation_loss"][2] == min(record["validation_loss"])
    assert record["lambda_best"] == 0.001
    assert record["converged"] == [True, True, False]
    assert record["reason"][:2] == [None, None]
    assert record["reason"][2].startswith("separated by x: ")
    assert record["unique"] == [True, True, None]
    # The likelihood has no maximum there for AIC and BIC to be made of, though the smaller λ the lower they are.
    assert (record["aic"][2], record["bic"][2], record["degrees_of_freedom"][2]) == (None, None, None)
    assert record["aic"][1] < record["aic"][0]
    assert (record["lambda_aic"], record["lambda_bic"]) == (0.001, 0.001)
    assert headless.run(["sweep", str(file), "--target", "side", *arguments, "--out", str(tmp_path / "out")]) == 0
    assert "At λ = 0: separated by x: " in capsys.readouterr().out
    with (tmp_path / "out" / "path.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["converged"] for row in rows] == ["True", "True", "False"]
    assert rows[2]["reason"] == record["reason"][2]


def test_where_there_is_no_best_model_no_criterion_is_lowest(capsys, four_rows):
    arguments = ("--hidden", "", "--features", "a,b", "--folds", "2", "--lambdas", "0")
    record = swept(capsys, four_rows, "y", *arguments)
    assert (record["lambda_best"], record["lambda_aic"], record["lambda_bic"]) == (0.0, None, None)


def test_a_fold_whose_rows_are_separated_has_no_validation_loss_to_choose_by(capsys, tmp_path):
    """Fold r holds the only two rows that stand, by a little, on the other class's side: without them x tells all."""
    x = [-4, -3, -0.01, -2, -1, -1.5, 4, 3, 0.01, 2, 1, 1.5]
    side = ["left", "left", "right", "left", "left", "left", "right", "right", "left", "right", "right", "right"]
    file = write_csv(tmp_path / "folds.csv", ["x", "fold", "side"], [x, ["p", "q", "r"] * 4, side])
    arguments = ("--hidden", "", "--fold-column", "fold", "--lambdas", "1,0")
    record = swept(capsys, file, "side", *arguments)
    assert record["converged"] == [True, True]
    assert record["validation_loss"][1] < record["validation_loss"][0]
    assert (record["lambda_best"], record["lambda_1se"]) == (1.0, 1.0)
    # The model of all rows has its criteria.
    assert record["lambda_aic"] == 0.0
    assert record["reason"][0] is None
    assert record["reason"][1].startswith("in fold 3 training rows of different classes can be told apart, so that ")
    assert headless.run(["sweep", str(file), "--target", "side", *arguments]) == 0
    assert f"  At λ = 0: {record['reason'][1]} Another λ is chosen.\n" in capsys.readouterr().out


def test_two_folds_without_a_best_model_are_named(capsys, tmp_path):
    x, y = [4, 1, 3, 2, 5, 0], ["no", "no", "yes", "yes", "no", "no"]
    file = write_csv(tmp_path / "folds.csv", ["x", "fold", "y"], [x, list("pqpqpq"), y])
    record = swept(capsys, file, "y", "--hidden", "", "--fold-column", "fold", "--lambdas", "0")
    assert record["converged"] == [True]
    assert record["lambda_best"] == 0.0
    assert record["reason"][0].startswith("in folds 1 and 2 training rows of different classes can be told apart")


@pytest.mark.parametrize("options", [(), ("--no-standardize-target",), ("--no-standardize",)])
def test_longley_has_twelve_certified_digits_from_fit_and_from_sweep(capsys, longley, options):
    """In raw units, where few digits are left of a Gram matrix."""
    record = fit(capsys, longley, "y", *LINEAR, "--penalty", "none", "--task", "regression", *options)
    assert record["converged"] is True
    found = [record["coefficients"][f"x{number}"]["original"] for number in range(1, 7)]
    assert correct_digits(found, COEFFICIENTS) >= 12
    assert correct_digits([record["intercept_original"]], [INTERCEPT]) >= 12
    record = swept(capsys, longley, "y", "--hidden", "", "--task", "regression", "--lambdas", "1,0", *options)
    assert record["converged"][1] is True
    assert correct_digits(record["coefficients"][1], COEFFICIENTS) >= 12
    assert correct_digits([record["intercepts"][1]], [INTERCEPT]) >= 12


def test_levels_without_a_penalty_are_said_to_be_one_of_many(capsys, tmp_path):
    generator = np.random.default_rng(0)
    labels = generator.choice(["p", "q", "r"], 40)
    y = np.round(generator.normal(size=40) + (labels == "q"), 3)
    file = write_csv(tmp_path / "levels.csv", ["label", "y"], [labels, y])
    record = fit(capsys, file, "y", *LINEAR, "--penalty", "none")
    assert (record["converged"], record["unique"]) == (True, False)
    assert headless.run(["fit", str(file), "--target", "y", *LINEAR, "--penalty", "none"]) == 0
    assert "Other weights do as well without a penalty" in capsys.readouterr().out
    record = fit(capsys, file, "y", *LINEAR, "--penalty", "l2")
    assert record["unique"] is True


def test_of_more_inputs_than_can_be_listed_the_largest_are(capsys, tmp_path):
    generator = np.random.default_rng(0)
    inputs = np.round(generator.normal(size=(1_200, 20)), 3)
    y = np.round(inputs[1_150] - inputs[3] + 0.1 * generator.normal(size=20), 3)
    file = write_csv(tmp_path / "wide.csv", [*(f"g{number}" for number in range(1_200)), "y"], [*inputs, y])
    record = fit(capsys, file, "y", *LINEAR, "--penalty", "l2")
    sizes = {name: abs(one["standardized"]) for name, one in record["coefficients"].items()}
    assert (record["converged"], len(sizes)) == (True, 1_200)
    assert headless.run(["fit", str(file), "--target", "y", *LINEAR, "--penalty", "l2"]) == 0
    text = capsys.readouterr().out
    assert "Of 1,200 inputs the 1,000 with the largest coefficients are listed; --json has all." in text
    listed = {line.split()[0] for line in text.splitlines() if line.startswith("  g")}
    assert listed == set(sorted(sizes, key=sizes.__getitem__, reverse=True)[:1_000])
    record = swept(capsys, file, "y", "--hidden", "", "--penalty", "l1", "--n-lambdas", "5", "--folds", "2")
    assert len(record["coefficients"][0]) == 1_200
    assert all(record["converged"])
