"""``--penalty-factor``: what it does to a fit and a sweep, and what it refuses."""

from __future__ import annotations

import json

import numpy as np
import pytest
from fit_command import dataset_of, fit, write_csv
from sklearn.linear_model import Lasso

from regdesk.cli import headless

LINEAR = ("--hidden", "", "--validation-fraction", "0")


@pytest.fixture
def file(tmp_path):
    random = np.random.default_rng(5)
    a, b = random.normal(size=(2, 40)).round(3)
    colours = [["red", "green", "blue"][number % 3] for number in range(40)]
    y = (a - 0.5 * b + 0.4 * np.array([colour == "red" for colour in colours]) + 0.3 * random.normal(size=40)).round(3)
    return write_csv(tmp_path / "t.csv", ["a", "b", "colour", "y"], [a, b, colours, y])


def test_a_fit_is_that_of_rescaled_columns(capsys, file):
    options = ("--penalty", "l1", "--lam", "0.05", "--penalty-factor", "b=0.5", "--penalty-factor", "colour=3")
    record = fit(capsys, file, "y", *LINEAR, *options)
    data = dataset_of(file, target="y", validation_fraction=0.0)
    factors = np.array([1.0, 0.5, 3.0, 3.0, 3.0])
    rows = data.split.train
    expected = Lasso(alpha=0.05, tol=1e-14, max_iter=100_000)
    expected.fit(data.standardized_inputs(rows) / factors, data.standardized_targets(rows))
    found = np.array(record["layers"][0]["weights"])[:, 0]
    np.testing.assert_allclose(found, expected.coef_ / factors, atol=1e-7)
    assert record["penalty"]["factors"] == {"a": 1.0, "b": 0.5, "colour": 3.0}
    assert record["converged"]


def test_what_is_never_penalised_is_in_the_model_at_every_lambda(capsys, file):
    command = ["sweep", str(file), "--target", "y", "--hidden", "", "--penalty", "l1", "--n-lambdas", "10", "--json"]
    assert headless.run([*command, "--penalty-factor", "b=0"]) == 0
    record = json.loads(capsys.readouterr().out)
    coefficients = np.array([list(row.values()) if isinstance(row, dict) else row for row in record["coefficients"]])
    assert coefficients[:, 1].all()
    assert not coefficients[0, [0, 2, 3, 4]].any()
    assert record["lambdas"][0] == pytest.approx(record["lambda_max"])


FACTORS = ("--penalty-factor", "b=0", "--penalty-factor", "colour=3")
NOTE = "  Penalty factors F: b 0 (never penalised), colour 3; 1 of every other column.\n"


@pytest.mark.parametrize("model", [("--hidden", "", "--penalty", "l1"), ("--hidden", "2", "--max-epochs", "20")])
def test_texts_and_records_say_the_factors(capsys, engine, file, model):
    for command in (["fit"], ["sweep", "--n-lambdas", "2", "--folds", "2"]):
        argv = [command[0], str(file), "--target", "y", *command[1:], *model, *FACTORS]
        assert headless.run(argv) == 0
        assert NOTE in capsys.readouterr().out
        assert headless.run([*argv, "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["penalty"]["factors"] == {"a": 1.0, "b": 0.0, "colour": 3.0}
        assert headless.run([*argv[: -len(FACTORS)], "--json"]) == 0
        assert "factors" not in json.loads(capsys.readouterr().out)["penalty"]


def test_what_is_never_penalised_is_not_in_a_network_whose_other_layers_are_gone(capsys, engine, file):
    options = ["--hidden", "3", "--penalty", "l1", "--lam", "20", "--epochs", "300", "--penalty-factor", "b=0"]
    record = fit(capsys, file, "y", *options)
    assert np.abs(record["layers"][0]["weights"][1]).min() > 0.0
    assert not np.any(record["layers"][1]["weights"])
    assert headless.run(["fit", str(file), "--target", "y", *options]) == 0
    assert "  Not in the model: a, b, colour.\n" in capsys.readouterr().out


@pytest.fixture
def wide_file(tmp_path):
    """10 rows, of which 9 inputs and an intercept fit every one."""
    random = np.random.default_rng(5)
    columns = random.normal(size=(12, 10)).round(3)
    return write_csv(tmp_path / "w.csv", [*(f"x{number}" for number in range(11)), "y"], list(columns))


def free_factors(numbers):
    return [word for number in numbers for word in ("--penalty-factor", f"x{number}=0")]


ALL_FREE = (
    "no input is penalised, as every penalty factor is 0: λ does nothing. Give an input a penalty factor above 0."
)
FREE_FIT = "the inputs that are never penalised fit all training rows exactly, so that λ does nothing."


@pytest.mark.parametrize(("n_free", "sentence"), [(11, ALL_FREE), (10, FREE_FIT), (9, FREE_FIT)])
@pytest.mark.parametrize("penalty", ["l1", "l2", "elastic-net", "group-lasso"])
def test_where_nothing_is_left_to_press_on_a_sweep_is_refused_and_a_fit_says_so(
    capsys, wide_file, n_free, sentence, penalty
):
    command = [str(wide_file), "--target", "y", "--hidden", "", "--penalty", penalty, *free_factors(range(n_free))]
    assert headless.run(["sweep", *command]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"regdesk: w.csv: {sentence}")
    assert err.count("\n") == 1
    assert headless.run(["fit", *command, "--validation-fraction", "0", "--lam", "0.3"]) == 0
    assert f"  {sentence[0].upper()}{sentence[1:]}" in capsys.readouterr().out
    record = fit(capsys, wide_file, "y", *command[3:], "--validation-fraction", "0", "--lam", "0.3")
    assert record["no_effect"].startswith(sentence)
    assert (record["converged"], record["reason"]) == (True, None)
    assert record["lambda_max"] == (None if penalty == "l2" and n_free == 11 else 0.0)
    assert record["objective"] < 1e-25
    # Half the square of what rounding leaves of a weight, where L2 alone presses.
    assert record["penalty_value"] < 1e-30


def test_a_sweep_goes_on_where_the_free_inputs_fit_nearly_all(capsys, wide_file):
    command = [str(wide_file), "--target", "y", "--hidden", "", "--penalty", "l1", *free_factors(range(8))]
    assert headless.run(["sweep", *command, "--folds", "2", "--n-lambdas", "3", "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["lambda_max"] > 1e-6
    assert record["converged"] == [True] * 3
    found = fit(capsys, wide_file, "y", *command[3:], "--validation-fraction", "0")
    assert "no_effect" not in found


def test_factors_of_one_change_nothing(capsys, file):
    options = (*LINEAR, "--penalty", "elastic-net", "--lam", "0.05")
    plain = fit(capsys, file, "y", *options)
    ones = fit(capsys, file, "y", *options, "--penalty-factor", "a=1")
    assert plain["weights_digest"] == ones["weights_digest"]


@pytest.mark.parametrize(
    ("factor", "words"),
    [("a", "a penalty factor is a column and 0 or a number"), ("a=-1", "not 'a=-1'"), ("z=1", "no column 'z'"),
     ("y=1", "it has a penalty factor but is no feature")],
)  # fmt: skip
def test_a_wrong_factor_is_one_sentence(capsys, file, factor, words):
    command = ["fit", str(file), "--target", "y", "--hidden", "", "--penalty-factor", factor]
    try:
        status = headless.run(command)
    except SystemExit as error:
        status = error.code
    assert status == 2
    assert words in capsys.readouterr().err


def test_a_sweep_of_classes_told_apart_by_what_is_never_penalised_says_so(capsys, tmp_path):
    random = np.random.default_rng(5)
    a, b = random.normal(size=(2, 40)).round(3)
    path = write_csv(tmp_path / "c.csv", ["a", "b", "y"], [a, b, ["yes" if one > 0 else "no" for one in b]])
    command = ["sweep", str(path), "--target", "y", "--hidden", "", "--penalty", "l1", "--penalty-factor", "b=0"]
    assert headless.run(command) == 2
    assert "separated by b, never penalised" in capsys.readouterr().err
