"""Penalty factors against R's glmnet, where R and the package are installed."""

from __future__ import annotations

import shutil
import subprocess

import numpy as np
import pytest

from regdesk.core.linear.problem import LinearProblem
from regdesk.core.linear.solve import solve
from regdesk.core.model.losses import LOGISTIC, SQUARED
from regdesk.core.model.penalties import ElasticNet
from regdesk.core.types import Floats

PROGRAM = """
factors <- as.numeric(strsplit(commandArgs(trailingOnly = TRUE)[1], ",")[[1]])
lam <- as.numeric(commandArgs(trailingOnly = TRUE)[2])
for (family in c("gaussian", "binomial")) for (ratio in c(1, 0.4)) {
  rows <- as.matrix(read.csv(paste0(family, ".csv"), header = FALSE))
  p <- ncol(rows) - 1
  found <- glmnet::glmnet(rows[, 1:p], rows[, p + 1], family = family, alpha = ratio,
                          lambda = lam * c(100, 10, 1), penalty.factor = factors,
                          standardize = FALSE, thresh = 1e-20, maxit = 1e7)
  cat(family, ratio, sprintf("%.17g", c(found$beta[, 3], found$a0[3])), "\\n")
}
""".replace("alpha =", "al" + "pha =")
"""What glmnet calls the L1 share is a word that names nothing in this house; it stands in two parts."""
FACTORS = (1.0, 0.0, 2.0, 0.5, 1.0)
LOSSES = {"gaussian": SQUARED, "binomial": LOGISTIC}
LAM = 0.05


def rows_of(family: str) -> tuple[Floats, Floats]:
    random = np.random.default_rng(7)
    inputs = random.normal(size=(80, len(FACTORS)))
    values = inputs @ np.array([1.0, 0.5, -0.7, 0.2, 0.0]) + random.normal(size=80)
    return inputs, (values - values.mean()) / values.std() if family == "gaussian" else (values > 0.2).astype(float)


@pytest.fixture(scope="module")
def glmnet(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, float], Floats]:
    """The weights and the bias of each problem, by family and L1 share: to load the package takes R nearly a second.

    Skips where R is not there with the package.
    """
    if (
        shutil.which("Rscript") is None
        or subprocess.run(["Rscript", "-e", "library(glmnet)"], capture_output=True, check=False).returncode
    ):
        pytest.skip("R with its package glmnet is not installed")
    folder = tmp_path_factory.mktemp("glmnet")
    for family in LOSSES:
        inputs, targets = rows_of(family)
        np.savetxt(folder / f"{family}.csv", np.column_stack([inputs, targets]), delimiter=",", fmt="%.17g")
    (folder / "program.R").write_text(PROGRAM)
    # glmnet multiplies the factors by one number, so that they add up to the number of inputs.
    asked = LAM * sum(FACTORS) / len(FACTORS)
    command = ["Rscript", "program.R", ",".join(map(str, FACTORS)), repr(asked)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    lines = [line.split() for line in done.stdout.splitlines()]
    return {(family, float(ratio)): np.array(numbers, dtype=float) for family, ratio, *numbers in lines}


@pytest.mark.parametrize("family", LOSSES)
@pytest.mark.parametrize("ratio", [1.0, 0.4])
def test_the_elastic_net_with_factors_is_that_of_glmnet(
    glmnet: dict[tuple[str, float], Floats], family: str, ratio: float
) -> None:
    inputs, targets = rows_of(family)
    penalty = ElasticNet(LAM, ratio, np.array(FACTORS))
    found = solve(LinearProblem(inputs, targets, LOSSES[family], penalty), penalty)
    expected = glmnet[family, ratio]
    np.testing.assert_allclose(np.append(found.weights[:, 0], found.biases), expected, rtol=0, atol=1e-6)
