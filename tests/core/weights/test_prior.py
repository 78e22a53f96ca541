"""The prior of a penalty is the density that scipy knows by its name, or that numerical integration finds."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import integrate, special, stats

from regdesk.core.model.network import Network
from regdesk.core.types import TrainSettings
from regdesk.core.weights.prior import WeightPrior, erfcx, layer_priors
from regdesk.core.words.penalty_words import prior_text

WEIGHTS = np.linspace(-3, 3, 61)
N_TRAIN = 180


def prior_of(settings):
    """The prior on weights that leave an input of a network; of the group lasso they are of one group."""
    return layer_priors(settings, Network((3, 4, 1), "tanh"), N_TRAIN)[0]


@pytest.mark.parametrize("lam", [1e-4, 0.2, 40.0])
def test_l1_is_laplace_with_scale_one_over_n_lambda(lam):
    prior = prior_of(TrainSettings("l1", lam))
    np.testing.assert_allclose(prior.density(WEIGHTS), stats.laplace(scale=1 / (N_TRAIN * lam)).pdf(WEIGHTS), rtol=1e-9)
    assert prior.scale == pytest.approx(1 / (N_TRAIN * lam))


@pytest.mark.parametrize("lam", [1e-4, 0.2, 40.0])
def test_l2_is_gauss_with_variance_one_over_n_lambda(lam):
    prior = prior_of(TrainSettings("l2", lam))
    expected = stats.norm(scale=np.sqrt(1 / (N_TRAIN * lam))).pdf(WEIGHTS)
    np.testing.assert_allclose(prior.density(WEIGHTS), expected, rtol=1e-9)


@pytest.mark.parametrize("lam", [1e-3, 0.2, 5.0])
@pytest.mark.parametrize("ratio", [0.05, 0.5, 0.99])
def test_elastic_net_integrates_to_one(lam, ratio):
    prior = prior_of(TrainSettings("elastic-net", lam, ratio))
    a, b = N_TRAIN * lam * ratio, N_TRAIN * lam * (1 - ratio)
    whole, _ = integrate.quad(lambda w: np.exp(-a * w - b * w * w / 2), 0, 60 * prior.scale)
    np.testing.assert_allclose(
        prior.density(WEIGHTS), np.exp(-a * np.abs(WEIGHTS) - b * WEIGHTS**2 / 2) / (2 * whole), rtol=1e-7
    )


def test_elastic_net_ends_in_its_two_limits():
    for ratio, kind in ((1.0, "l1"), (0.0, "l2")):
        mixed = prior_of(TrainSettings("elastic-net", 0.1, ratio))
        assert mixed == prior_of(TrainSettings(kind, 0.1))
    near = prior_of(TrainSettings("elastic-net", 0.1, 1 - 1e-9)).density(WEIGHTS)
    np.testing.assert_allclose(near, stats.laplace(scale=1 / 18).pdf(WEIGHTS), rtol=1e-6)


def test_no_penalty_has_no_prior():
    assert prior_of(TrainSettings("none", 1.0)) is None
    assert prior_of(TrainSettings("l1", 0.0)) is None
    assert prior_of(TrainSettings("group-lasso", 1.0)) is None


@pytest.mark.parametrize("x", [0.0, 1e-9, 0.3, 5.0, 19.99, 20.01, 300.0, 1e8])
def test_erfcx(x):
    assert erfcx(x) == pytest.approx(special.erfcx(x), rel=1e-12)


def test_a_narrow_peak_is_drawn_with_points_of_its_own():
    prior = WeightPrior(1e5, 0.0)
    positions = prior.positions(2.0)
    assert (np.diff(positions) >= 0).all()
    assert positions[[0, -1]].tolist() == [-2.0, 2.0]
    assert np.trapezoid(prior.density(positions), positions) == pytest.approx(1.0, abs=0.02)


@pytest.mark.parametrize(
    ("sizes", "factors", "rates"),
    [
        ((3, 1), (2.0, 2.0, 2.0), (2.0,)), ((3, 1), (0.0, 0.0, 0.0), (None,)), ((3, 1), (1.0, 0.0, 1.0), (None,)),
        ((3, 4, 1), (0.5, 0.5, 0.5), (0.5, 1.0)), ((3, 4, 1), (1.0, 2.0, 0.0), (None, 1.0)),
    ],
)  # fmt: skip
def test_a_layer_has_the_prior_of_its_penalty_factor_if_it_has_one(sizes, factors, rates):
    network = Network(sizes, "tanh", (), factors)
    for settings, l1, l2 in (
        (TrainSettings("l1", 0.05), 1.0, 0.0), (TrainSettings("l2", 0.05), 0.0, 1.0),
        (TrainSettings("elastic-net", 0.05, 0.25), 0.25, 0.75),
    ):  # fmt: skip
        found = layer_priors(settings, network, N_TRAIN)
        for prior, rate in zip(found, rates, strict=True):
            if rate is None:
                assert prior is None
            else:
                expected = [rate * N_TRAIN * 0.05 * share for share in (l1, l2)]
                np.testing.assert_allclose([prior.l1_rate, prior.l2_rate], expected, rtol=1e-12)


@pytest.mark.parametrize(
    ("factors", "n_layers", "words"),
    [
        ((0.0, 0.0), 1, "prior exp(−nλR(W)): no input is penalised: no curve."),
        ((1.0, 0.0), 1, "prior exp(−nλR(W)): inputs have priors of their own, by their penalty factors: no curve."),
        ((1.0, 0.0), 2, "prior exp(−nλR(W)): Laplace, scale 0.1 (inputs have priors of their own, by their penalty "
                        "factors; narrower than a bar)"),
        ((3.0, 3.0), 1, "prior exp(−nλR(W)): Laplace, scale 0.0333 (narrower than a bar)"),
        ((3.0, 3.0), 2, "prior exp(−nλR(W)): Laplace, scale 0.0333 (of inputs, whose penalty factor is 3; other layers "
                        "have that of factor 1; narrower than a bar)"),
        ((1.0, 1.0), 1, "prior exp(−nλR(W)): Laplace, scale 0.1 (narrower than a bar)"),
    ],
)  # fmt: skip
def test_the_words_on_a_prior_say_what_penalty_factors_make_of_it(factors, n_layers, words):
    settings, sizes = TrainSettings("l1", 0.1), (2, 4, 1) if n_layers == 2 else (2, 1)
    priors = layer_priors(settings, Network(sizes, "tanh", (), factors), 100)
    assert prior_text(settings, priors, [(10.0, 0.5)] * n_layers, False, factors) == words


def test_the_group_lasso_has_one_where_groups_are_single_weights():
    settings = TrainSettings("group-lasso", 0.05)
    laplace = WeightPrior(N_TRAIN * 0.05, 0.0, is_of_groups=True)
    assert layer_priors(settings, Network((3, 1), "tanh"), N_TRAIN) == (laplace,)
    assert layer_priors(settings, Network((3, 1), "tanh", (0, 1, 1)), N_TRAIN) == (None,)
    assert layer_priors(settings, Network((3, 4, 1), "tanh"), N_TRAIN) == (None, laplace)
    assert layer_priors(settings, Network((1, 1, 3), "tanh"), N_TRAIN) == (laplace, None)
    assert layer_priors(replace(settings, lam=0.0), Network((3, 1), "tanh"), N_TRAIN) == (None,)
    assert (
        layer_priors(TrainSettings("l1", 0.05), Network((3, 4, 1), "tanh"), N_TRAIN)
        == (WeightPrior(N_TRAIN * 0.05, 0.0),) * 2
    )
