"""``--penalty-factor``: what it does to a fit and a sweep, and what it refuses."""

from __future__ import annotations

import json

import numpy as np
import pytest
from sklearn.linear_model import Lasso

from regdesk.cli import headless
from tests.support.fit_command import dataset_of, fit, write_csv

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
