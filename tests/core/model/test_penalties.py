"""Penalties: the prox beats its rivals in any diagonal metric, the subgradient is the smallest, zeros are exact."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pytest
from compiled_parts import whole_of
from core_problems import LOSSES, Problem, random_parameters
from covering import covered
from hypothesis import given, settings
from hypothesis import strategies as st
from linear_solves import solve_rows
from reference import group_labels, group_prox, kkt_residual
from reference import penalty_value as reference_value
from reference import prox as reference_prox

from regdesk.core.engine.prox import group_proxes, proximal_step
from regdesk.core.linear.proximal_gradient import linear_gradient
from regdesk.core.model.network import Network
from regdesk.core.model.penalties import ElasticNet, GroupLasso, penalty_for, penalty_value
from regdesk.core.types import OPTIMIZERS, PENALTIES, TrainSettings

# Numbers so small that their reciprocals overflow are nobody's weights.
points = st.floats(-100, 100).filter(lambda value: value == 0 or abs(value) > 1e-100)
lams = st.just(0.0) | st.floats(1e-15, 1e3)
ratios = st.floats(0, 1)
rates = st.floats(1e-6, 10)
few = settings(max_examples=60, deadline=None)
compiled_step, compiled_group_proxes = whole_of(proximal_step), whole_of(group_proxes)

# Groups of 3, 1, 2, 6 (two columns' worth of one-hot inputs) and more from a second layer.
NETWORK = Network((5, 3, 2), "tanh", (0, 1, 1, 2, 3))
LABELS = group_labels(NETWORK.sizes, NETWORK.input_groups)[NETWORK.is_weight]
N_WEIGHTS = NETWORK.n_weights
seeds = st.integers(0, 2**32 - 1)


def drawn(seed):
    """Points, rates and λ of very different sizes, such that some groups vanish and some stay."""
    generator = np.random.default_rng(seed)
    u = generator.normal(size=N_WEIGHTS) * 10.0 ** generator.uniform(-3, 3, N_WEIGHTS)
    rate = 10.0 ** generator.uniform(-3, 3, N_WEIGHTS)
    # Half of the mean size at which one weight of its own would vanish.
    lam = float(np.exp(np.mean(np.log(np.abs(u) / rate))) * generator.uniform(0.05, 2.0))
    return generator, u, rate, lam


def cost(kind, lam, ratio, w, u, rate):
    return 0.5 * np.sum((w - u) ** 2 / rate) + lam * reference_value(kind, ratio, w, LABELS)


@pytest.mark.parametrize("kind", PENALTIES)
@few
@given(seeds, ratios)
def test_prox_beats_random_rivals_in_a_random_metric(kind, seed, ratio):
    generator, u, rate, lam = drawn(seed)
    w = penalty_for(TrainSettings(kind, lam, ratio), NETWORK).prox(u, rate)
    own = cost(kind, lam, ratio, w, u, rate)
    slack = 1e-12 * (own + np.sum(u**2 / rate))
    is_in_group = generator.integers(LABELS.max() + 1) == LABELS
    rivals = [u, np.zeros(N_WEIGHTS), np.where(is_in_group, 0.0, w), np.where(is_in_group, u, w), 0.5 * (u + w)]
    for size in np.geomspace(1e-6, 1e2, 17):
        noise = generator.normal(size=N_WEIGHTS)
        # By the size of the point, of the metric, and of a factor common to a group.
        rivals += [w + size * noise * np.abs(u), w + size * noise * np.sqrt(rate), np.where(is_in_group, size * w, w)]
        rivals += [np.where(is_in_group, w + size * noise, w)]
    for rival in rivals:
        assert own <= cost(kind, lam, ratio, rival, u, rate) + slack


@few
@given(points, lams, ratios, rates, st.sampled_from(PENALTIES))
def test_prox_of_one_weight_beats_a_grid_of_rivals(u, lam, ratio, rate, kind):
    network = Network((1, 1), "tanh")
    w = penalty_for(TrainSettings(kind, lam, ratio), network).prox(np.array([u]), rate)[0]
    lam = 0.0 if kind == "none" else lam
    l1 = lam * {"l1": 1.0, "group-lasso": 1.0, "elastic-net": ratio}.get(kind, 0.0)
    l2 = lam * {"l2": 1.0, "elastic-net": 1.0 - ratio}.get(kind, 0.0)

    def cost_of(w):
        return 0.5 * (w - u) ** 2 + rate * (l1 * np.abs(w) + 0.5 * l2 * w**2)

    rivals = np.concatenate([np.linspace(-110, 110, 441), w + np.geomspace(1e-6, 1, 13), w - np.geomspace(1e-6, 1, 13)])
    assert cost_of(w) <= cost_of(rivals).min() + 1e-12 * (1.0 + u**2)


@few
@given(st.lists(points, min_size=2, max_size=2), lams, rates)
def test_group_prox_of_two_weights_beats_a_grid_of_rivals(u, lam, rate):
    """Every point of a grid in the plane, and of a finer one around the prox, with unequal rates."""
    u, rate = np.array(u), np.array([rate, 0.3])
    w = GroupLasso(lam, np.array([0, 2])).prox(u, rate)

    def cost_of(points):
        return 0.5 * np.sum((points - u) ** 2 / rate, axis=-1) + lam * np.sqrt(2.0) * np.hypot(*points.T)

    grid = np.stack(np.meshgrid(*2 * [np.linspace(-1, 1, 81)]), axis=-1).reshape(-1, 2)
    for rivals in (100.0 * grid, w + grid, w + 1e-3 * grid, w + grid * np.abs(w) * 1e-2):
        assert cost_of(w) <= cost_of(rivals).min() + 1e-12 * np.sum(u**2 / rate)


@pytest.mark.parametrize("kind", PENALTIES)
@few
@given(seeds, ratios)
def test_prox_is_non_expansive_in_its_metric_and_never_past_zero(kind, seed, ratio):
    generator, u, rate, lam = drawn(seed)
    v = u + generator.normal(size=N_WEIGHTS) * 10.0 ** generator.uniform(-4, 2) * np.sqrt(rate)
    penalty = penalty_for(TrainSettings(kind, lam, ratio), NETWORK)
    w, x = penalty.prox(u, rate), penalty.prox(v, rate)
    before, after = np.sum((u - v) ** 2 / rate), np.sum((w - x) ** 2 / rate)
    assert after <= before * (1 + 1e-9) + 1e-20 * np.sum(u**2 / rate)
    # Firmly: ‖Pu − Pv‖² ≤ ⟨Pu − Pv, u − v⟩, which is more than non-expansive (Moreau 1965).
    assert after <= np.sum((w - x) * (u - v) / rate) * (1 + 1e-9) + 1e-12 * np.sqrt(before * np.sum(u**2 / rate))
    assert (w * u >= 0).all()
    assert (np.abs(w) <= np.abs(u) * (1 + 1e-15)).all()
    groups = [w[label == LABELS] for label in range(LABELS.max() + 1)]
    if kind == "group-lasso":
        assert all((group != 0).all() or (group == 0).all() for group in groups), "a group goes to zero together"


@pytest.mark.parametrize("kind", PENALTIES)
@few
@given(seeds, ratios)
def test_prox_without_lambda_is_the_identity(kind, seed, ratio):
    _, u, rate, _ = drawn(seed)
    assert penalty_for(TrainSettings(kind, 0.0, ratio), NETWORK).prox(u, rate).tobytes() == u.tobytes()


@pytest.mark.parametrize("kind", PENALTIES)
@few
@given(seeds, ratios)
def test_prox_and_value_are_the_references_of_each_penalty_by_name(kind, seed, ratio):
    _, u, rate, lam = drawn(seed)
    chosen = TrainSettings(kind, lam, ratio)
    expected = reference_prox(kind, lam, ratio, u, rate, LABELS)
    # Near 0 the bisection is exact to 1e-18 of the norm.
    np.testing.assert_allclose(penalty_for(chosen, NETWORK).prox(u, rate), expected, rtol=1e-9, atol=1e-12)
    for weights in (u, expected, np.zeros(N_WEIGHTS)):
        value = penalty_value(chosen, NETWORK, weights)
        assert value == pytest.approx(reference_value(kind, ratio, weights, LABELS), rel=1e-12)
        assert value >= 0.0
        assert (value == 0.0) == (kind == "none" or not weights.any())
        assert penalty_value(chosen, NETWORK, -3.0 * weights) >= value


@few
@given(seeds)
def test_group_prox_with_equal_rates_has_a_closed_form(seed):
    """(1 − τ/‖u‖₂)₊ u with τ = rate·λ·√|g| (Yuan & Lin 2006, eq. 2.4)."""
    generator, u, rate, _ = drawn(seed)
    lam, rate = 10.0 ** generator.uniform(-2, 2), rate[0]
    expected = u.copy()
    for label in range(LABELS.max() + 1):
        own = label == LABELS
        pull = rate * lam * np.sqrt(own.sum())
        expected[own] *= max(1.0 - pull / np.linalg.norm(u[own]), 0.0)
    penalty = GroupLasso(lam, NETWORK.group_bounds)
    for given_rate in (rate, np.full(N_WEIGHTS, rate)):
        np.testing.assert_allclose(penalty.prox(u, given_rate), expected, rtol=1e-11, atol=1e-13 * np.abs(u).max())


@few
@given(seeds)
def test_groups_of_one_weight_are_the_l1_penalty(seed):
    generator, u, rate, lam = drawn(seed)
    gradient = generator.normal(size=N_WEIGHTS) * lam
    single, l1 = GroupLasso(lam, np.arange(N_WEIGHTS + 1)), ElasticNet(lam, 1.0)
    np.testing.assert_allclose(single.prox(u, rate), l1.prox(u, rate), rtol=1e-11, atol=1e-13 * np.abs(u).max())
    weights = np.where(generator.uniform(size=N_WEIGHTS) < 0.5, u, 0.0)
    assert single.value(weights) == pytest.approx(l1.value(weights), rel=1e-12)
    ours, expected = (penalty.smallest_subgradient(weights, gradient) for penalty in (single, l1))
    np.testing.assert_allclose(ours, expected, rtol=1e-9, atol=1e-12 * lam)


@pytest.mark.parametrize("kind", PENALTIES)
@few
@given(seeds, ratios)
def test_smallest_subgradient_is_the_smallest(kind, seed, ratio):
    """It lies in the set and random rivals of the set are no nearer to 0."""
    generator, u, _, _ = drawn(seed)
    u /= np.abs(u).max()
    lam = 10.0 ** generator.uniform(-2, 1)
    weights = np.where((LABELS % 2 == 0) & (generator.uniform(size=N_WEIGHTS) < 0.8), u, 0.0)
    gradient = generator.normal(size=N_WEIGHTS) * 10.0 ** generator.uniform(-2, 1, N_WEIGHTS)
    penalty = penalty_for(TrainSettings(kind, lam, ratio), NETWORK)
    smallest = penalty.smallest_subgradient(weights, gradient)
    residual = kkt_residual(kind, lam, ratio, weights, gradient, LABELS)
    assert np.abs(smallest).max() == pytest.approx(residual, rel=1e-9, abs=1e-12)
    # s ∈ ∂R(w) iff R(v) ≥ R(w) + s·(v − w) for all v.
    if kind != "none":
        element = (smallest - gradient) / lam
        value = reference_value(kind, ratio, weights, LABELS)
        for size in np.geomspace(1e-3, 10, 9):
            v = weights + size * generator.normal(size=N_WEIGHTS)
            assert reference_value(kind, ratio, v, LABELS) >= value + element @ (v - weights) - 1e-9 * (1 + value)
    for label in range(LABELS.max() + 1):
        own = label == LABELS
        size = np.sqrt(own.sum())
        for _ in range(5):
            direction = generator.normal(size=own.sum())
            if kind == "group-lasso" and not weights[own].any():
                rival = gradient[own] + lam * size * direction / np.linalg.norm(direction) * generator.uniform()
                assert np.linalg.norm(smallest[own]) <= np.linalg.norm(rival) + 1e-12
            elif kind in ("l1", "elastic-net") and not weights[own].any():
                l1 = lam * (1.0 if kind == "l1" else ratio)
                rival = gradient[own] + l1 * np.tanh(direction)
                assert (np.abs(smallest[own]) <= np.abs(rival) + 1e-12).all()


@pytest.mark.parametrize("loss", ["squared", "logistic", "softmax"])
@pytest.mark.parametrize("kind", PENALTIES)
def test_smallest_subgradient_vanishes_at_the_solutions_of_the_convex_solver(kind, loss):
    problem = Problem(120, 0, 6, loss, seed=4, n_classes=4)
    inputs, targets = problem.inputs[0], problem.targets[0]
    network = problem.network((), "tanh", (0, 0, 0, 1, 2, 2))
    labels = group_labels(network.sizes, network.input_groups)[network.is_weight]
    for lam in (0.001, 0.03, 0.1):
        penalty = penalty_for(TrainSettings(kind, lam, 0.4), network)
        solution = solve_rows(inputs, targets, LOSSES[loss], penalty, problem.n_outputs, tolerance=1e-9)
        assert solution.converged
        assert solution.weights.shape == (6, problem.n_outputs)
        gradient, _ = linear_gradient(inputs, targets, LOSSES[loss], solution.weights, solution.biases)
        smallest = penalty.smallest_subgradient(solution.weights.ravel(), gradient.ravel())
        assert np.abs(smallest).max() <= 1e-9
        assert kkt_residual(kind, lam, 0.4, solution.weights.ravel(), gradient.ravel(), labels) <= 1.01e-9
        # Away from the solution it is as large as the way there.
        moved = solution.weights.ravel() + 0.1 * (-1.0) ** np.arange(solution.weights.size)
        away, _ = linear_gradient(inputs, targets, LOSSES[loss], moved.reshape(solution.weights.shape), solution.biases)
        assert np.abs(penalty.smallest_subgradient(moved, away.ravel())).max() > 1e-3


class Groups(NamedTuple):
    """Of a network's layout what the prox of its groups looks at: ``(n_groups,)`` each.

    ``is_weight`` ``(n_parameters,)`` are penalty factors.
    """

    group_starts: np.ndarray
    group_sizes: np.ndarray
    is_weight: np.ndarray


def compiled_prox(kind, lam, ratio, bounds, u, rate):
    """The engine's own prox of points in the dtype of ``u``."""
    real = u.dtype.type
    one, tiny = real(1), real(np.finfo(real).tiny)
    values = u.copy()
    is_grouped = kind == "group-lasso"
    l1 = {"l1": lam, "elastic-net": lam * ratio}.get(kind, 0.0)
    l2 = {"l2": lam, "elastic-net": lam * (1.0 - ratio)}.get(kind, 0.0)
    compiled_step(values, np.zeros_like(u), one, rate, np.ones_like(u), real(l1), real(l2), one, tiny)
    if is_grouped and lam > 0:
        compiled_group_proxes(
            Groups(bounds[:-1], np.diff(bounds), np.ones(len(values), values.dtype)), values, rate, lam, tiny
        )
    return values


@pytest.mark.parametrize(("dtype", "tolerance"), [(np.float64, 1e-11), (np.float32, 3e-6)])
@pytest.mark.parametrize("kind", PENALTIES)
@few
@given(seeds, ratios)
def test_compiled_prox_is_numpys(kind, dtype, tolerance, seed, ratio):
    _, u, rate, lam = drawn(seed)
    u, rate = u.astype(dtype), rate.astype(dtype)
    expected = penalty_for(TrainSettings(kind, lam, ratio), NETWORK).prox(u.astype(np.float64), rate.astype(np.float64))
    ours = compiled_prox(kind, lam, ratio, NETWORK.group_bounds, u, rate)
    assert ours.dtype == dtype
    # What soft thresholds leave has an error of the size of the point.
    scale = np.abs(u) if kind in ("l1", "elastic-net") else np.abs(expected)
    assert (np.abs(ours - expected) <= tolerance * scale + 1e-30).all()
    if kind == "group-lasso":
        assert ((ours == 0) == (expected == 0)).all()


SIZES = [1e-30, 1e-12, 1e-4, 1.0, 1e4, 1e12, 1e30]


@covered(kind=PENALTIES, size=SIZES, lam=[1e-12, 1e-3, 1.0, 1e9, 1e12])
def test_prox_holds_for_extreme_values(kind, size, lam):
    """Points from 1e-30 to 1e30, rates from 1e-8 to 1e8, both forms: finite, never past the point, and right.

    No warning is raised, which the rules of the tests make an error.
    """
    generator = np.random.default_rng(1)
    bounds = NETWORK.group_bounds
    for rate_size in (1e-8, 1e-2, 1.0, 1e8):
        for spread in (0, 3):
            u = size * generator.normal(size=N_WEIGHTS) * 10.0 ** generator.uniform(-spread, spread, N_WEIGHTS)
            rate = rate_size * 10.0 ** generator.uniform(-spread, spread, N_WEIGHTS)
            u[1] = 0.0
            penalty = penalty_for(TrainSettings(kind, lam, 0.4), NETWORK)
            expected = reference_prox(kind, lam, 0.4, u, rate, LABELS)
            scale = np.abs(u).max()
            for w in (penalty.prox(u, rate), compiled_prox(kind, lam, 0.4, bounds, u, rate)):
                assert np.isfinite(w).all()
                assert (np.abs(w) <= np.abs(u) * (1 + 1e-15)).all()
                np.testing.assert_allclose(w, expected, rtol=1e-9, atol=1e-12 * scale)
            if scale < 1e30:
                single = compiled_prox(kind, lam, 0.4, bounds, u.astype(np.float32), rate.astype(np.float32))
                assert np.isfinite(single).all()
                np.testing.assert_allclose(single, expected, rtol=1e-4, atol=1e-5 * scale)
            assert np.isfinite(penalty.value(u))
            assert penalty.value(u) >= 0
            assert np.isfinite(penalty.smallest_subgradient(u, u)).all()


@pytest.mark.parametrize("scale", [1e-30, 1e-8, 1.0, 1e30])
def test_group_prox_keeps_what_is_just_beyond_its_edge(scale):
    """‖u/t‖ = 1 is the edge: at it and below everything is 0, above it s grows from 0 without a jump."""
    generator = np.random.default_rng(2)
    bounds = np.array([0, 7])
    for _ in range(20):
        rate = 10.0 ** generator.uniform(-4, 4, 7)
        direction = generator.normal(size=7) * rate
        direction /= np.linalg.norm(direction / rate) / np.sqrt(7.0)
        for excess in (-1e-3, -1e-9, 1e-9, 1e-3):
            u = scale * direction * (1.0 + excess)
            for w in (
                GroupLasso(scale, bounds).prox(u, rate),
                compiled_prox("group-lasso", scale, 0.0, bounds, u, rate),
                group_prox(scale, np.zeros(7, dtype=int), u, rate),
            ):
                assert w.any() == (excess > 0)
                if excess == 1e-9:
                    # Of Σ (u/(s + t))² = 1 the linear part in s: Σ u²/t² − 2 s Σ u²/t³ = 1.
                    pulls = scale * rate * np.sqrt(7.0)
                    assert np.linalg.norm(w) == pytest.approx(excess / np.sum((u / pulls) ** 2 / pulls), rel=1e-2)


def test_not_a_number_passes_through_the_compiled_prox():
    for kind in PENALTIES:
        for position in range(N_WEIGHTS):
            u = np.ones(N_WEIGHTS)
            u[position] = np.nan
            assert np.isnan(compiled_prox(kind, 0.3, 0.4, NETWORK.group_bounds, u, np.ones(N_WEIGHTS))).any()


def test_prox_takes_a_rate_for_each_weight():
    penalty = ElasticNet(2.0, 0.5)
    u, rate = np.array([3.0, -3.0, 0.1]), np.array([0.1, 1.0, 1.0])
    assert penalty.prox(u, rate).tolist() == [penalty.prox(u[[i]], rate[i])[0] for i in range(3)]


def test_group_bounds_are_columns_then_units():
    assert np.diff(NETWORK.group_bounds).tolist() == [3, 6, 3, 3, 2, 2, 2]
    assert np.repeat(np.arange(7), np.diff(NETWORK.group_bounds)).tolist() == LABELS.tolist()
    assert np.diff(Network((3, 1), "tanh").group_bounds).tolist() == [1, 1, 1]
    assert Network((0, 2), "tanh").group_bounds.tolist() == [0]
    assert GroupLasso(0.1, Network((0, 2), "tanh").group_bounds).value(np.empty(0)) == 0.0
    for wrong in ((0, 1, 0), (0, 0)):
        with pytest.raises(ValueError, match="neighbours"):
            Network((3, 1), "tanh", wrong)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("loss", ["squared", "logistic"])
def test_group_lasso_of_numeric_columns_and_one_output_is_the_lasso(loss, optimizer):
    """In the engine, step by step, and in the convex solver."""
    problem = Problem(90, 10, 7, loss, seed=5)
    network = problem.network((), "tanh")
    parameters = random_parameters(network, 2)
    stacks = [problem.stack(network, parameters, [3]) for _ in range(2)]
    kinds, lam = ("l1", "group-lasso"), 0.6 if loss == "squared" else 0.2
    for _ in range(30):
        for stack, kind in zip(stacks, kinds, strict=True):
            stack.advance([TrainSettings(kind, lam, 0.5, optimizer, 0.05, 32)], 10)
        np.testing.assert_allclose(stacks[1].parameters, stacks[0].parameters, rtol=1e-9, atol=1e-12)
        assert ((stacks[1].parameters == 0) == (stacks[0].parameters == 0)).all()
    assert (stacks[0].parameters == 0).any()
    rows = problem.inputs[0], problem.targets[0], LOSSES[loss]
    solutions = [solve_rows(*rows, penalty_for(TrainSettings(kind, 0.1), network), tolerance=1e-11) for kind in kinds]
    np.testing.assert_allclose(solutions[1].weights, solutions[0].weights, rtol=1e-9, atol=1e-11)
    assert ((solutions[1].weights == 0) == (solutions[0].weights == 0)).all()


@covered(penalty=PENALTIES, optimizer=OPTIMIZERS, dtype=["float64", "float32"])
def test_the_engine_gives_exact_zeros_with_l1_and_groups_only(penalty, optimizer, dtype):
    """Ten inputs, of which two matter: L1 leaves zero, not nearly zero, weights on most of the others."""
    problem = Problem(200, 0, 10, "squared", seed=3)
    problem.targets[0] = 2.0 * problem.inputs[0, :, 0] - problem.inputs[0, :, 1]
    network = problem.network((), "tanh", (0, 0, 1, 1, 1, 2, 2, 3, 4, 5))
    stack = problem.stack(network, random_parameters(network, 0), [0], dtype)
    stack.advance([TrainSettings(penalty, 0.3, 0.8, optimizer, 0.01)], 4000)
    weights = stack.parameters[0, :10]
    assert (np.abs(weights[:2]) > 0.3).all()
    assert (weights[2:] == 0).sum() == (0 if penalty in ("l2", "none") else 8)
