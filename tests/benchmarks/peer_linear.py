"""One lasso path by another solver, in an environment of its own: ``peer_linear.py SOLVER FOLDER [TOLERANCE]``.

Reads ``rows.npz`` in FOLDER and writes ``found.npz``. Runs twice and reports the second: some compile at first.
"""

from __future__ import annotations

import sys
import time
import warnings
from pathlib import Path

import numpy as np


def celer(inputs: np.ndarray, targets: np.ndarray, lambdas: np.ndarray, tolerance: float = 1e-8) -> np.ndarray:
    from celer import celer_path

    return celer_path(inputs, targets, pb="lasso", **{"alphas": lambdas}, tol=tolerance, max_iter=100)[1].T


def skglm(inputs: np.ndarray, targets: np.ndarray, lambdas: np.ndarray, tolerance: float = 1e-6) -> np.ndarray:
    from skglm import Lasso

    weights, model = [], Lasso(fit_intercept=False, tol=tolerance, warm_start=True)
    for lam in lambdas:
        model.set_params(**{"alpha": lam})
        weights.append(model.fit(inputs, targets).coef_.copy())
    return np.array(weights)


def adelie(inputs: np.ndarray, targets: np.ndarray, lambdas: np.ndarray, tolerance: float = 1e-9) -> np.ndarray:
    import adelie as ad

    state = ad.grpnet(
        X=inputs, glm=ad.glm.gaussian(targets), lmda_path=lambdas, intercept=False, progress_bar=False, tol=tolerance,
        early_exit=False,
    )  # fmt: skip
    return np.asarray(state.betas.toarray())


def glmnet(inputs: np.ndarray, targets: np.ndarray, lambdas: np.ndarray, tolerance: float = 1e-7) -> np.ndarray:
    """The Fortran routine of glmnet, without the checks and copies around it."""
    from _glmnet import elnet, solns

    n_rows, n_inputs = inputs.shape
    bounds = np.empty((2, n_inputs), order="F")
    bounds[0], bounds[1] = -np.inf, np.inf
    # The choice of its Python package: sums of products, residuals where inputs outnumber rows. R takes residuals
    # from 500 inputs on, which at n=10,000 d=1,000 takes a third of the time.
    method = 2 if n_inputs > n_rows else 1
    found = elnet(
        method, 1.0, inputs.copy(order="F"), targets.copy(), np.ones(n_rows), np.zeros(1, dtype=np.int32),
        np.ones(n_inputs), bounds, n_inputs + 1, 1.0, lambdas, tolerance, n_inputs + 1, len(lambdas), False, False,
        100_000,
    )  # fmt: skip
    n_found, _, packed, order, sizes = found[:5]
    weights = np.zeros((len(lambdas), n_inputs))
    weights[:n_found] = solns(n_inputs, packed[:, :n_found], order, sizes[:n_found]).T
    return weights


def main() -> None:
    solver, folder = globals()[sys.argv[1]], Path(sys.argv[2])
    rows = np.load(folder / "rows.npz")
    inputs, targets, lambdas = np.asfortranarray(rows["inputs"]), rows["targets"], rows["lambdas"]
    tolerances = [float(one) for one in sys.argv[3:]]
    seconds, weights = 0.0, np.empty(0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for _ in range(2):
            started_s = time.perf_counter()
            weights = solver(inputs, targets, lambdas, *tolerances)
            seconds = time.perf_counter() - started_s
    np.savez(folder / "found.npz", seconds=seconds, weights=weights)


if __name__ == "__main__":
    main()
