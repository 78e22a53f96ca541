"""The convex solver against scikit-learn: same objective, same support, at a residual that it states truly."""

from __future__ import annotations

import numpy as np
import pytest
from covering import covered
from linear_solves import solve_rows
from reference import group_labels, kkt_residual, loss_slopes, loss_values, penalty_value
from scipy.optimize import minimize
from sklearn.datasets import load_breast_cancer, load_diabetes, load_iris, load_wine
from sklearn.linear_model import ElasticNet, Lasso, LinearRegression, LogisticRegression, Ridge

from regdesk.core.linear.proximal_gradient import linear_gradient, linear_kkt_residual, proximal_gradient
from regdesk.core.model.losses import LOGISTIC, SOFTMAX, SQUARED
from regdesk.core.model.network import Network
from regdesk.core.model.penalties import penalty_for
from regdesk.core.model.standardizer import Standardizer
from regdesk.core.types import TrainSettings
from regdesk.core.words.shortfalls import shortfall_sentence

RATIOS = {"l1": 1.0, "l2": 0.0, "elastic-net": 0.4, "group-lasso": 0.0, "none": 0.0}


def penalty_of(kind, lam, n_inputs, n_outputs=1, input_groups=()):
    return penalty_for(TrainSettings(kind, lam, RATIOS[kind]), Network((n_inputs, n_outputs), "tanh", input_groups))


def labels_of(n_inputs, n_outputs=1, input_groups=()):
    labels = group_labels((n_inputs, n_outputs), input_groups)
    return labels[labels >= 0]


def standardized(columns):
    return (columns - columns.mean(axis=0)) / columns.std(axis=0)


def regression_problem(name):
    generator = np.random.default_rng(0)
    if name == "diabetes":
        inputs, targets = load_diabetes(return_X_y=True)
        return standardized(inputs), standardized(targets)
    if name == "diabetes, target as it is":
        inputs, targets = load_diabetes(return_X_y=True)
        return standardized(inputs), targets
    if name == "unstandardised":
        inputs, targets = load_diabetes(return_X_y=True, scaled=False)
        return inputs, targets
    if name == "collinear":
        base = generator.normal(size=(120, 6))
        inputs = np.column_stack([base, base[:, :3] + 0.02 * generator.normal(size=(120, 3)), base[:, 0] + base[:, 1]])
        return standardized(inputs), standardized(base @ [1, -2, 0.5, 0, 0, 1] + generator.normal(size=120))
    if name == "more inputs than rows":
        inputs = generator.normal(size=(40, 100))
        return standardized(inputs), standardized(inputs[:, :5].sum(axis=1) + 0.5 * generator.normal(size=40))
    raise KeyError(name)


def classification_problem(name):
    inputs, labels = load_breast_cancer(return_X_y=True)
    if name == "breast cancer":
        return standardized(inputs), labels.astype(float)
    if name == "collinear":
        return standardized(np.column_stack([inputs[:, :5], inputs[:, :2] @ [[1.0], [2.0]]])), labels.astype(float)
    if name == "more inputs than rows":
        generator = np.random.default_rng(1)
        inputs = generator.normal(size=(50, 80))
        return standardized(inputs), (inputs[:, :4].sum(axis=1) + 0.5 * generator.normal(size=50) > 0).astype(float)
    raise KeyError(name)


def objective(loss, kind, lam, inputs, targets, weights, biases, labels=None):
    """J, written out; ``weights`` ``(n_inputs, n_outputs)``, ``biases`` ``(n_outputs,)``."""
    data = loss_values(loss.kind, inputs @ weights + biases, targets).mean()
    return data + lam * penalty_value(kind, RATIOS[kind], weights.ravel(), labels)


def independent_residual(loss, kind, lam, inputs, targets, solution, labels=None):
    """∞-norm of the smallest subgradient, written out."""
    errors = loss_slopes(loss.kind, inputs @ solution.weights + solution.biases, targets)
    slopes = inputs.T @ errors / len(targets)
    of_weights = kkt_residual(kind, lam, RATIOS[kind], solution.weights.ravel(), slopes.ravel(), labels)
    return max(np.abs(errors.mean(axis=0)).max(), of_weights)


def assert_same_minimum(loss, kind, lam, inputs, targets, solution, weights, biases):
    """``weights`` ``(n_inputs, n_outputs)`` and ``biases`` ``(n_outputs,)`` are another's solution."""
    assert solution.converged
    assert solution.kkt_residual <= 1e-8
    assert independent_residual(loss, kind, lam, inputs, targets, solution) <= 1e-8 * 1.01
    ours = objective(loss, kind, lam, inputs, targets, solution.weights, solution.biases)
    theirs = objective(loss, kind, lam, inputs, targets, weights, biases)
    assert ours == pytest.approx(theirs, rel=1e-6)
    assert (solution.weights != 0).tolist() == (np.abs(weights) > 0).tolist()


@covered(
    name=["diabetes", "diabetes, target as it is", "unstandardised", "collinear", "more inputs than rows"],
    share=[0.5, 0.1, 0.01],
    kind=["l1", "l2", "elastic-net"],
)
def test_regression_agrees_with_scikit_learn(name, share, kind):
    inputs, targets = regression_problem(name)
    lam = share * np.abs(inputs.T @ (targets - targets.mean())).max() / len(targets)
    options = {"tol": 1e-13, "max_iter": 1_000_000}
    theirs = {
        "l1": Lasso(lam, **options),
        "l2": Ridge(lam * len(targets), solver="svd"),
        "elastic-net": ElasticNet(lam, l1_ratio=RATIOS["elastic-net"], **options),
    }[kind].fit(inputs, targets)
    solution = solve_rows(inputs, targets, SQUARED, penalty_of(kind, lam, inputs.shape[1]))
    weights, biases = theirs.coef_[:, np.newaxis], np.array([theirs.intercept_])
    assert_same_minimum(SQUARED, kind, lam, inputs, targets, solution, weights, biases)
    if kind != "l2":
        n_alive = np.count_nonzero(solution.weights)
        assert n_alive > 0
        assert n_alive < inputs.shape[1] or share < 0.5


@covered(
    name=["breast cancer", "collinear", "more inputs than rows"], lam=[0.1, 0.02], kind=["l1", "l2", "elastic-net"]
)
def test_classification_agrees_with_scikit_learn(name, lam, kind):
    inputs, targets = classification_problem(name)
    options = {"tol": 1e-12, "max_iter": 100_000, "random_state": 0}
    solver = "newton-cholesky" if kind == "l2" else "saga"
    theirs = LogisticRegression(C=1 / (lam * len(targets)), l1_ratio=RATIOS[kind], solver=solver, **options)
    theirs.fit(inputs, targets)
    solution = solve_rows(inputs, targets, LOGISTIC, penalty_of(kind, lam, inputs.shape[1]))
    assert_same_minimum(LOGISTIC, kind, lam, inputs, targets, solution, theirs.coef_.T, theirs.intercept_)


def classes_problem(name):
    inputs, targets = (load_iris if name == "iris" else load_wine)(return_X_y=True)
    if name == "more inputs than rows":
        generator = np.random.default_rng(1)
        inputs = generator.normal(size=(60, 90))
        signal = inputs[:, :5] + 0.5 * generator.normal(size=(60, 5))
        return standardized(inputs), np.argmax(signal, axis=1).astype(float)
    if name == "wine, unstandardised":
        return inputs, targets.astype(float)
    return standardized(inputs), targets.astype(float)


@pytest.mark.parametrize("lam", [0.1, 0.01, 0.001])
@pytest.mark.parametrize("name", ["iris", "wine", "more inputs than rows"])
def test_softmax_with_l2_agrees_with_scikit_learn(name, lam):
    inputs, targets = classes_problem(name)
    n_classes = int(targets.max()) + 1
    # More than two classes are multinomial.
    theirs = LogisticRegression(C=1 / (lam * len(targets)), solver="lbfgs", tol=1e-12, max_iter=100_000)
    theirs.fit(inputs, targets)
    solution = solve_rows(inputs, targets, SOFTMAX, penalty_of("l2", lam, inputs.shape[1], n_classes), n_classes)
    assert_same_minimum(SOFTMAX, "l2", lam, inputs, targets, solution, theirs.coef_.T, theirs.intercept_)
    # Under L2 the minimum has but one place, up to a common shift of the biases.
    np.testing.assert_allclose(solution.weights, theirs.coef_.T, atol=2e-5)
    ours = solution.biases - solution.biases.mean()
    np.testing.assert_allclose(ours, theirs.intercept_ - theirs.intercept_.mean(), atol=2e-5)


@covered(name=["iris", "wine"], lam=[0.1, 0.02], kind=["l1", "elastic-net"])
def test_sparse_softmax_agrees_with_scikit_learn(name, lam, kind):
    inputs, targets = classes_problem(name)
    options = {"tol": 1e-10, "max_iter": 100_000, "random_state": 0}
    theirs = LogisticRegression(C=1 / (lam * len(targets)), l1_ratio=RATIOS[kind], solver="saga", **options)
    theirs.fit(inputs, targets)
    solution = solve_rows(inputs, targets, SOFTMAX, penalty_of(kind, lam, inputs.shape[1], 3), 3)
    assert_same_minimum(SOFTMAX, kind, lam, inputs, targets, solution, theirs.coef_.T, theirs.intercept_)
    assert 0 < np.count_nonzero(solution.weights) < solution.weights.size


@covered(
    name=["iris", "wine", "wine, unstandardised", "more inputs than rows"],
    lam=[0.2, 0.02],
    kind=["l1", "l2", "elastic-net", "group-lasso"],
)
def test_softmax_ends_where_its_smallest_subgradient_vanishes(name, lam, kind):
    inputs, targets = classes_problem(name)
    n_classes, n_inputs = int(targets.max()) + 1, inputs.shape[1]
    columns = (0, 0, *range(1, n_inputs - 1))
    penalty = penalty_of(kind, lam, n_inputs, n_classes, columns)
    solution = solve_rows(inputs, targets, SOFTMAX, penalty, n_classes, max_iterations=60_000)
    assert solution.converged
    assert solution.weights.shape == (n_inputs, n_classes)
    labels = labels_of(n_inputs, n_classes, columns)
    assert independent_residual(SOFTMAX, kind, lam, inputs, targets, solution, labels) <= 1.01e-8
    own = objective(SOFTMAX, kind, lam, inputs, targets, solution.weights, solution.biases, labels)
    generator = np.random.default_rng(0)
    scales = inputs.std(axis=0)[:, np.newaxis]
    for size in np.geomspace(1e-4, 1, 9):
        rival = solution.weights + size * generator.normal(size=solution.weights.shape) / scales
        assert own <= objective(SOFTMAX, kind, lam, inputs, targets, rival, solution.biases, labels) + 1e-12


def one_hot_problem(loss, n_rows=90, seed=0):
    """A column of four categories, a number, a column of three categories, which does not matter, and a number."""
    generator = np.random.default_rng(seed)
    first, third = generator.integers(4, size=n_rows), generator.integers(3, size=n_rows)
    numbers = generator.normal(size=(n_rows, 2))
    inputs = np.column_stack([np.eye(4)[first], numbers[:, 0], np.eye(3)[third], numbers[:, 1]])
    signal = np.array([2.0, -1.0, 0.0, 1.0])[first] + numbers[:, 0] + 0.3 * generator.normal(size=n_rows)
    columns = (0, 0, 0, 0, 1, 2, 2, 2, 3)
    if loss is SQUARED:
        return standardized(inputs), standardized(signal), columns, 1
    edges = np.quantile(signal, [0.5] if loss is LOGISTIC else [0.25, 0.5, 0.75])
    return standardized(inputs), np.searchsorted(edges, signal).astype(float), columns, 1 if loss is LOGISTIC else 4


LOSSES = {"squared": SQUARED, "logistic": LOGISTIC, "softmax": SOFTMAX}


@pytest.mark.parametrize("lam", [0.3, 0.05, 0.005])
@pytest.mark.parametrize("loss", LOSSES)
def test_group_lasso_with_one_hot_groups_fulfils_its_kkt_conditions(loss, lam):
    """By hand: ∇_g = −λ√|g| w_g/‖w_g‖₂ for a living group, ‖∇_g‖₂ ≤ λ√|g| for a dead one (Yuan & Lin 2006, eq. 2.2)."""
    inputs, targets, columns, n_outputs = one_hot_problem(LOSSES[loss])
    penalty = penalty_of("group-lasso", lam, 9, n_outputs, columns)
    solution = solve_rows(inputs, targets, LOSSES[loss], penalty, n_outputs)
    assert solution.converged
    errors = loss_slopes(loss, inputs @ solution.weights + solution.biases, targets)
    slopes = inputs.T @ errors / len(targets)
    assert np.abs(errors.mean(axis=0)).max() <= 1e-8
    n_alive = 0
    for column in range(4):
        own = np.array(columns) == column
        weights, slope = solution.weights[own], slopes[own]
        limit = lam * np.sqrt(weights.size)
        if weights.any():
            n_alive += 1
            assert (weights != 0).all()
            np.testing.assert_allclose(slope, -limit * weights / np.linalg.norm(weights), atol=1.01e-8)
        else:
            assert np.linalg.norm(slope) <= limit + 1e-8
    assert lam != 0.05 or 0 < n_alive < 4


@pytest.mark.parametrize("loss", LOSSES)
def test_group_lasso_is_where_a_general_minimiser_ends(loss):
    """Without the prox: ‖w_g‖₂ = min over s > 0 of ½(‖w_g‖²/s + s), which is smooth (Bach et al. 2012, section 5)."""
    inputs, targets, columns, n_outputs = one_hot_problem(LOSSES[loss], n_rows=40, seed=3)
    # Two groups and a number are enough for a search that knows no gradient of the penalty.
    inputs, columns, lam = inputs[:, :6], columns[:6], 0.08
    labels = labels_of(6, n_outputs, columns)
    solution = solve_rows(
        inputs, targets, LOSSES[loss], penalty_of("group-lasso", lam, 6, n_outputs, columns), n_outputs, 1e-10
    )
    assert solution.converged
    n_weights = 6 * n_outputs
    sizes = np.bincount(labels)

    def smooth(values):
        """J with each ‖w_g‖₂ replaced by its variational form, s_g = e^value; and its gradient."""
        weights, biases = values[:n_weights].reshape(6, n_outputs), values[n_weights : n_weights + n_outputs]
        lengths = np.exp(values[n_weights + n_outputs :])
        outputs = inputs @ weights + biases
        errors = loss_slopes(loss, outputs, targets) / len(targets)
        squares = np.bincount(labels, weights.ravel() ** 2)
        value = loss_values(loss, outputs, targets).mean()
        value += lam * np.sum(np.sqrt(sizes) * 0.5 * (squares / lengths + lengths))
        by_weights = (inputs.T @ errors).ravel() + lam * (np.sqrt(sizes) / lengths)[labels] * weights.ravel()
        by_lengths = lam * np.sqrt(sizes) * 0.5 * (lengths - squares / lengths)
        return value, np.concatenate([by_weights, errors.sum(axis=0), by_lengths])

    start = np.concatenate([np.full(n_weights, 0.1), np.zeros(n_outputs), np.full(len(sizes), -1.0)])
    bounds = [(None, None)] * (n_weights + n_outputs) + [(-18.0, 5.0)] * len(sizes)
    options = {"maxiter": 100_000, "maxfun": 1_000_000, "ftol": 1e-16, "gtol": 1e-10}
    theirs = minimize(smooth, start, jac=True, method="L-BFGS-B", bounds=bounds, options=options)
    weights, biases = theirs.x[:n_weights].reshape(6, n_outputs), theirs.x[n_weights : n_weights + n_outputs]
    arguments = (LOSSES[loss], "group-lasso", lam, inputs, targets)
    ours = objective(*arguments, solution.weights, solution.biases, labels)
    found = objective(*arguments, weights, biases, labels)
    assert ours <= found + 1e-12
    assert ours == pytest.approx(found, rel=1e-6)
    np.testing.assert_allclose(solution.weights, weights, atol=1e-3)
    dead = np.bincount(labels, solution.weights.ravel() ** 2) == 0
    assert (np.bincount(labels, weights.ravel() ** 2)[dead] < 1e-6).all()


def test_group_lasso_of_two_inputs_is_where_a_direct_search_ends():
    """The objective itself, by Nelder & Mead from many starts, with both weights of one column."""
    inputs, targets = regression_problem("diabetes")
    inputs = inputs[:, 2:4]
    solution = solve_rows(inputs, targets, SQUARED, penalty_of("group-lasso", 0.2, 2, 1, (0, 0)))
    labels = np.zeros(2, dtype=int)

    def cost(values):
        return objective(SQUARED, "group-lasso", 0.2, inputs, targets, values[:2, np.newaxis], values[2:], labels)

    options = {"xatol": 1e-10, "fatol": 1e-15, "maxiter": 5_000}
    ends = [minimize(cost, start, method="Nelder-Mead", options=options) for start in 0.5 * np.eye(3)]
    found = min(ends, key=lambda one: one.fun)
    assert cost(np.append(solution.weights, solution.biases)) == pytest.approx(found.fun, rel=1e-12)
    np.testing.assert_allclose(np.append(solution.weights, solution.biases), found.x, atol=1e-6)
    assert solution.weights.all()


def test_no_penalty_agrees_with_least_squares():
    inputs, targets = regression_problem("diabetes")
    theirs = LinearRegression().fit(inputs, targets)
    for kind in RATIOS:
        solution = solve_rows(inputs, targets, SQUARED, penalty_of(kind, 0.0, 10, 1, (0, 0, 0, *range(1, 8))))
        assert solution.converged
        np.testing.assert_allclose(solution.weights[:, 0], theirs.coef_, atol=1e-5)


@pytest.mark.parametrize("kind", ["l1", "group-lasso"])
@pytest.mark.parametrize("loss", LOSSES)
def test_above_lambda_max_every_weight_is_zero_and_just_below_one_lives(loss, kind):
    """λ_max is max_g ‖∇_g f(0)‖₂/√|g|, of each weight for itself under L1."""
    inputs, targets, columns, n_outputs = one_hot_problem(LOSSES[loss])
    null = LOSSES[loss].null_outputs(targets, n_outputs)
    slopes = (inputs.T @ loss_slopes(loss, np.tile(null, (len(targets), 1)), targets) / len(targets)).ravel()
    labels = labels_of(9, n_outputs, columns) if kind == "group-lasso" else np.arange(len(slopes))
    lam_max = np.sqrt(np.bincount(labels, slopes**2) / np.bincount(labels)).max()
    for share, n_alive in [(1.001, 0), (0.999, 1)]:
        penalty = penalty_of(kind, share * lam_max, 9, n_outputs, columns)
        solution = solve_rows(inputs, targets, LOSSES[loss], penalty, n_outputs)
        assert solution.converged
        assert np.count_nonzero(np.bincount(labels, solution.weights.ravel() ** 2)) == n_alive


@pytest.mark.parametrize("kind", ["l1", "l2", "elastic-net", "group-lasso"])
def test_a_huge_lambda_leaves_the_null_model(kind):
    inputs, targets = classification_problem("breast cancer")
    solution = solve_rows(inputs, targets, LOGISTIC, penalty_of(kind, 1e9, 30))
    assert solution.converged
    assert np.abs(solution.weights).max() <= 1e-8
    assert solution.biases[0] == pytest.approx(np.log(targets.mean() / (1 - targets.mean())), abs=1e-7)
    inputs, targets = classes_problem("wine")
    solution = solve_rows(inputs, targets, SOFTMAX, penalty_of(kind, 1e9, 13, 3), 3)
    assert solution.converged
    assert np.abs(solution.weights).max() <= 1e-8
    logs = np.log(np.bincount(targets.astype(int)))
    np.testing.assert_allclose(solution.biases, logs - logs.mean(), atol=1e-7)


@pytest.mark.parametrize("kind", ["l1", "group-lasso"])
def test_constant_input_and_no_inputs(kind):
    inputs = np.column_stack([np.ones(30), np.arange(30.0)])
    targets = 2.0 + 0.5 * np.arange(30.0)
    solution = solve_rows(inputs, targets, SQUARED, penalty_of(kind, 0.01, 2))
    assert solution.converged
    assert solution.weights[0, 0] == 0.0
    nothing = solve_rows(np.empty((30, 0)), targets, SQUARED, penalty_of(kind, 0.01, 0))
    assert nothing.converged
    assert nothing.biases == pytest.approx([targets.mean()])
    classes = np.arange(30.0) % 3
    nothing = solve_rows(np.empty((30, 0)), classes, SOFTMAX, penalty_of(kind, 0.01, 0, 3), 3)
    assert nothing.converged
    np.testing.assert_allclose(nothing.biases, np.zeros(3), atol=1e-8)


def test_an_unconverged_fit_says_so_with_its_true_residual():
    """Two classes that a line separates have no finite minimum without a penalty."""
    inputs = np.linspace(-1, 1, 20)[:, np.newaxis]
    targets = (inputs[:, 0] > 0).astype(float)
    solution = solve_rows(inputs, targets, LOGISTIC, penalty_of("l1", 0.0, 1), max_iterations=3)
    assert not solution.converged
    assert shortfall_sentence(solution.shortfall).startswith(
        "separated by the inputs together: the classes can be told apart completely"
    )
    assert solution.is_unique is None
    assert solution.n_iterations <= 6
    assert solution.kkt_residual > 1e-8
    expected = independent_residual(LOGISTIC, "l1", 0.0, inputs, targets, solution)
    assert solution.kkt_residual == pytest.approx(expected, rel=1e-9)
    assert np.isfinite(solution.weights).all()


@pytest.mark.parametrize("kind", ["elastic-net", "group-lasso"])
@pytest.mark.parametrize("loss", LOSSES)
def test_residual_function_agrees_with_the_residual_written_out(loss, kind):
    inputs, targets, columns, n_outputs = one_hot_problem(LOSSES[loss])
    penalty = penalty_of(kind, 0.05, 9, n_outputs, columns)
    solution = proximal_gradient(inputs, targets, LOSSES[loss], penalty, n_outputs, max_iterations=3)
    residual = linear_kkt_residual(inputs, targets, LOSSES[loss], penalty, solution.weights, solution.biases)
    labels = labels_of(9, n_outputs, columns)
    expected = independent_residual(LOSSES[loss], kind, 0.05, inputs, targets, solution, labels)
    assert residual == pytest.approx(expected, rel=1e-9)
    assert residual > 1e-4
    gradient, bias_gradient = linear_gradient(inputs, targets, LOSSES[loss], solution.weights, solution.biases)
    errors = loss_slopes(loss, inputs @ solution.weights + solution.biases, targets)
    np.testing.assert_allclose(gradient, np.einsum("ni,nk->ik", inputs, errors) / len(targets), rtol=1e-9, atol=1e-15)
    np.testing.assert_allclose(bias_gradient, errors.mean(axis=0), rtol=1e-9, atol=1e-15)


def test_standardizer_is_fitted_on_its_rows_and_spares_constant_columns():
    columns = np.array([[1.0, 5.0, 1e8], [3.0, 5.0, 1e8], [5.0, 5.0, 1e8]])
    scaler = Standardizer.fit(columns)
    assert scaler.mean.tolist() == [3.0, 5.0, 1e8]
    assert scaler.scale.tolist() == [pytest.approx(np.sqrt(8 / 3)), 1.0, 1.0]
    np.testing.assert_allclose(scaler.invert(scaler.apply(columns)), columns)
    same = np.full((60, 2), [3.3, 0.1])
    assert not Standardizer.fit(same).apply(same).any()
    assert Standardizer.fit(np.empty((0, 2))).apply(np.array([[3.0, 4.0]])).tolist() == [[3.0, 4.0]]
