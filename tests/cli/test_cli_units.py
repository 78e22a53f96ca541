"""The same model in any unit: numbers far from 0, very large and very small ones, and columns that do not vary."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from fit_command import fit, write_csv
from sklearn.linear_model import Lasso

from regdesk.cli import headless

LINEAR = ("--hidden", "", "--penalty", "l1", "--validation-fraction", "0")


def rows_of_three(generator: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    # Whole numbers, so that a shift of 10¹⁵ rounds nothing.
    inputs = generator.integers(-500, 500, size=(40, 3)).astype(float)
    return inputs, inputs @ [0.003, -0.002, 0.0] + generator.integers(-100, 100, 40) / 100.0


@pytest.mark.parametrize(
    ("shift", "unit", "target_unit"),
    [(0, 1.0, 1.0), (1732795200000000, 1.0, 1.0), (0, 2.0**664, 2.0**598), (0, 2.0**-664, 2.0**-598)],
)
def test_a_unit_changes_nothing_but_the_coefficients(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], shift: int, unit: float, target_unit: float
) -> None:
    inputs, target = rows_of_three(np.random.default_rng(5))
    cells = [[f"{shift + int(value)}" if shift else f"{value * unit!r}" for value in column] for column in inputs.T]
    cells = [[cell.replace("np.float64(", "").rstrip(")") for cell in column] for column in cells]
    file = write_csv(tmp_path / "u.csv", ["a", "b", "c", "y"], [*cells, (float(one) for one in target * target_unit)])
    record = fit(capsys, file, "y", *LINEAR, "--lam", "0.1")
    scaled = (inputs - inputs.mean(axis=0)) / inputs.std(axis=0)
    oracle = Lasso(0.1, tol=1e-14, max_iter=10**6).fit(scaled, (target - target.mean()) / target.std())
    found = [record["coefficients"][name] for name in "abc"]
    np.testing.assert_allclose([one["standardized"] for one in found], oracle.coef_, atol=1e-7)
    original = oracle.coef_ * target.std() / inputs.std(axis=0) * (target_unit / unit)
    np.testing.assert_allclose([one["original"] for one in found], original, rtol=1e-6, atol=1e-9 * target_unit / unit)
    # The intercept belongs to the coefficients as they are reported: both cancel at the means.
    if not shift:
        intercept = target.mean() * target_unit - inputs.mean(axis=0) * unit @ original
        assert record["intercept_original"] == pytest.approx(intercept, rel=1e-6)
    assert record["train"]["rmse"] / target_unit == pytest.approx(
        np.sqrt(np.mean((oracle.predict(scaled) * target.std() + target.mean() - target) ** 2)), rel=1e-6
    )
    # A sweep solves the same problem, and its folds are in any unit what they are in another.
    sweep = ["sweep", str(file), "--target", "y", *LINEAR[:4], "--lambdas", "0.1,0.01", "--folds", "4", "--json"]
    assert headless.run(sweep) == 0
    swept = json.loads(capsys.readouterr().out)
    np.testing.assert_allclose(swept["coefficients"][0], original, rtol=1e-6, atol=1e-9 * target_unit / unit)
    plain = write_csv(tmp_path / "p.csv", ["a", "b", "c", "y"], [*inputs.T, target])
    sweep[1] = str(plain)
    assert headless.run(sweep) == 0
    expected = json.loads(capsys.readouterr().out)
    np.testing.assert_allclose(swept["validation_loss"], expected["validation_loss"], rtol=1e-6)


@pytest.mark.parametrize("value", ["1e50", "0.1", "1732795200000001", "0"])
def test_a_constant_that_is_asked_for_has_the_weight_0(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], value: str
) -> None:
    inputs, target = rows_of_three(np.random.default_rng(6))
    columns = [*inputs.T.astype(int), [value] * 40, target]
    file = write_csv(tmp_path / "c.csv", ["a", "b", "c", "same", "y"], columns)
    with_it = fit(capsys, file, "y", *LINEAR, "--lam", "0.01", "--features", "a,b,c,same")
    without = fit(capsys, file, "y", *LINEAR, "--lam", "0.01")
    assert with_it["coefficients"]["same"] == {"standardized": 0.0, "original": 0.0}
    assert with_it["objective"] == pytest.approx(without["objective"], rel=1e-12)
    assert with_it["intercept_original"] == pytest.approx(without["intercept_original"], rel=1e-9)
