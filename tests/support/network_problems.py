"""Problems on which solvers are compared, and scikit-learn's and scipy's own answers.

Most are from scikit-learn's data. Those of ``STATSMODELS_PROBLEMS`` need statsmodels, which the tests do without: only
``tests/benchmarks/network_optima.py`` uses them.
"""

from __future__ import annotations

import warnings

import numpy as np
from reference import gradient, mean_loss, weight_mask
from scipy.optimize import minimize
from sklearn import datasets
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier, MLPRegressor

from regdesk.core.model.losses import LOGISTIC, SOFTMAX, SQUARED
from regdesk.core.model.network import Network
from regdesk.core.networks.solver import NetworkProblem


def _linnerud():
    data = datasets.load_linnerud()
    return data.data, data.target[:, 0]


PROBLEMS = {
    "diabetes": (SQUARED, lambda: datasets.load_diabetes(return_X_y=True)),
    "linnerud": (SQUARED, _linnerud),
    "friedman 1": (SQUARED, lambda: datasets.make_friedman1(300, 10, noise=1.0, random_state=0)),
    "friedman 2": (SQUARED, lambda: datasets.make_friedman2(300, noise=50.0, random_state=0)),
    "s curve": (SQUARED, lambda: datasets.make_s_curve(300, noise=0.1, random_state=0)),
    "breast cancer": (LOGISTIC, lambda: datasets.load_breast_cancer(return_X_y=True)),
    "moons": (LOGISTIC, lambda: datasets.make_moons(300, noise=0.3, random_state=0)),
    "circles": (LOGISTIC, lambda: datasets.make_circles(300, noise=0.15, factor=0.5, random_state=0)),
    "iris": (SOFTMAX, lambda: datasets.load_iris(return_X_y=True)),
    "wine": (SOFTMAX, lambda: datasets.load_wine(return_X_y=True)),
}


def _table(name):
    from statsmodels import datasets as tables

    return getattr(tables, name).load_pandas().data


def _schools():
    """The share of pupils above the median in mathematics, of 303 school districts (star98)."""
    data = _table("star98")
    share = data["NABOVE"] / (data["NABOVE"] + data["NBELOW"])
    return data.drop(columns=["NABOVE", "NBELOW"]).to_numpy(float), share.to_numpy(float)


def _affairs():
    """Whether there was one, of 6,366 women (fair)."""
    data = _table("fair")
    return data.drop(columns="affairs").to_numpy(float), data["affairs"].to_numpy() > 0


def _parties():
    """Which of seven shades between the parties, of 944 voters (anes96)."""
    data = _table("anes96")
    # Without the column that is the logarithm of another.
    return data.drop(columns=["PID", "logpopul"]).to_numpy(float), data["PID"].to_numpy(float)


STATSMODELS_PROBLEMS = {
    "schools": (SQUARED, _schools),
    "affairs": (LOGISTIC, _affairs),
    "parties": (SOFTMAX, _parties),
}


def load_problem(name, hidden=(8,), activation="tanh", n_rows=200):
    """Standardised, of at most ``n_rows`` rows."""
    loss, load = (PROBLEMS | STATSMODELS_PROBLEMS)[name]
    inputs, targets = load()
    rows = np.random.default_rng(0).permutation(len(targets))[:n_rows]
    inputs, targets = inputs[rows], targets[rows].astype(np.float64)
    spread = inputs.std(axis=0)
    inputs = (inputs - inputs.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    n_outputs = 1
    if loss is SQUARED:
        targets = (targets - targets.mean()) / targets.std()
    elif loss is SOFTMAX:
        n_outputs = int(targets.max()) + 1
    network = Network((inputs.shape[1], *hidden, n_outputs), activation)
    return NetworkProblem(network, loss, inputs, targets)


def scikit_learns_objective(problem, lam, seed, max_iter=5000, tol=1e-7):
    """J where scikit-learn's L-BFGS ends: its alpha is λ times the rows."""
    kind = MLPRegressor if problem.loss is SQUARED else MLPClassifier
    model = kind(
        hidden_layer_sizes=problem.network.sizes[1:-1],
        activation=problem.network.activation,
        solver="lbfgs",
        alpha=lam * len(problem.targets),
        random_state=seed,
        max_iter=max_iter,
        max_fun=10 * max_iter,
        tol=tol,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(problem.inputs, problem.targets)
    return float(model.loss_)


def split_objective(problem, lam, l1_ratio, seed, max_iter=5000):
    """J of elastic net where scipy's L-BFGS-B ends on the smooth problem W = U − V with U, V ≥ 0."""
    network = problem.network
    mask = weight_mask(network.sizes)
    rest = ~mask
    n_weights, everyone = int(mask.sum()), np.ones(len(problem.targets))
    shape = (network.sizes, network.activation, problem.loss.kind, problem.inputs, problem.targets, everyone)

    def joined(point):
        parameters = np.empty(network.n_parameters)
        parameters[mask] = point[:n_weights] - point[n_weights : 2 * n_weights]
        parameters[rest] = point[2 * n_weights :]
        return parameters

    def value(point):
        parameters = joined(point)
        weights, parts = parameters[mask], point[: 2 * n_weights]
        slopes = gradient(parameters, *shape)
        by_weight = slopes[mask] + lam * (1.0 - l1_ratio) * weights
        penalty = l1_ratio * parts.sum() + 0.5 * (1.0 - l1_ratio) * weights @ weights
        edge = lam * l1_ratio
        return mean_loss(parameters, *shape) + lam * penalty, np.concatenate(
            [by_weight + edge, edge - by_weight, slopes[rest]]
        )

    start = problem.initial_parameters(seed)
    weights = start[mask]
    point = np.concatenate([np.maximum(weights, 0.0), np.maximum(-weights, 0.0), start[rest]])
    bounds = [(0.0, None)] * (2 * n_weights) + [(None, None)] * int(rest.sum())
    options = {"maxiter": max_iter, "maxfun": 10 * max_iter, "maxcor": 20, "ftol": 1e-11, "gtol": 1e-7}
    found = minimize(value, point, jac=True, method="L-BFGS-B", bounds=bounds, options=options)
    return float(found.fun)
