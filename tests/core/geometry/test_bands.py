"""The ball where one of the two weights is never penalised: a band without an end."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from canned import dataset_of
from tables import write_sparse

from regdesk.core.geometry.budgeted_solution import BudgetedSolutions
from regdesk.core.geometry.maker import GeometryMaker
from regdesk.core.geometry.view import GeometryChoice, GeometryRequest
from regdesk.core.linear.problem import problem_of
from regdesk.core.model.penalty_ball import BAND_REACH, GroupPlanePenalty, SinglePlanePenalty
from regdesk.core.stopping import Stop
from regdesk.core.types import Architecture, TrainSettings
from regdesk.views.geometry.words import geometry_sentence


@pytest.mark.parametrize(
    ("penalty", "free"),
    [
        (SinglePlanePenalty(1.0, 0.0, (2.0, 0.0)), 1), (SinglePlanePenalty(1.0, 0.0, (0.0, 0.5)), 0),
        (SinglePlanePenalty(0.0, 1.0, (2.0, 0.0)), 1), (SinglePlanePenalty(0.3, 0.7, (0.0, 1.0)), 0),
        (GroupPlanePenalty((0.0, 1.5), (0.2, 0.1), is_shared=False), 0),
        (GroupPlanePenalty((1.5, 0.0), (0.0, 3.0), is_shared=False), 1),
    ],
)  # fmt: skip
def test_a_band_ends_where_the_penalty_is_its_share_and_nowhere_along_what_is_free(penalty, free):
    assert penalty.is_free == (free == 0, free == 1)
    assert not len(penalty.ball(0.6))
    band = penalty.band(0.6, 2.0)
    assert (band[0] == band[-1]).all()
    for corner in band:
        assert penalty.value_at(corner) == pytest.approx(0.6, rel=1e-12)
        assert penalty.value_at(corner * np.where(np.arange(2) == free, 1e3, 0.99)) < 0.6
    assert np.abs(band[:, free]).min() == 2.0 * BAND_REACH
    assert sorted(np.sign(band[:4]).tolist()) == [[-1, -1], [-1, 1], [1, -1], [1, 1]]


def test_there_is_no_band_where_both_are_penalised_or_neither():
    for factors in ((1.0, 1.0), (0.0, 0.0)):
        assert not len(SinglePlanePenalty(1.0, 0.0, factors).band(1.0, 1.0))
    assert not len(GroupPlanePenalty((1.0, 0.0), (2.0, 0.0), is_shared=False).band(1.9, 1.0))


def test_the_normals_of_a_band_without_width_are_a_whole_line():
    cone = SinglePlanePenalty(1.0, 0.0, (2.0, 0.0)).cone_at(np.array([0.0, 0.7]))
    np.testing.assert_array_equal(np.sort(cone.edges(), axis=0), [[-1.0, 0.0], [1.0, 0.0]])
    half = np.sqrt(0.5)
    for pull, cosine in (
        ((-3.0, 0.0), 1.0), ((3.0, 0.0), 1.0), ((0.0, -1.0), 0.0), ((0.0, 1.0), 0.0), ((-1.0, -1.0), half),
        ((1.0, 1.0), half),
    ):  # fmt: skip
        assert cone.cosine(np.array(pull)) == pytest.approx(cosine, abs=1e-15)


def view_of(file, settings, factors, pair):
    """Of the exact model of ``file`` with these penalty factors, in the plane of two of its weights."""
    dataset = replace(dataset_of(file, "y"), penalty_factors=factors)
    solution = BudgetedSolutions(problem_of(dataset, settings)).at(settings.lam)
    parameters = np.append(solution.weights[:, 0], solution.biases)
    choice = replace(GeometryChoice(), x=pair[0], y=pair[1])
    linear = Architecture(hidden=())
    request = GeometryRequest(1, dataset, linear, 0, settings, parameters, 0, (parameters,), choice, False)
    return GeometryMaker(request).make(request, lambda: False, Stop())


@pytest.mark.parametrize(
    ("penalty", "lam", "pair", "words"),
    [
        ("l1", 0.05, (0, 1), "touches the band along a"), ("l1", 0.05, (1, 0), "touches the band along a"),
        ("l2", 0.05, (0, 1), "touches the band along a"), ("l1", 5.0, (0, 1), "touches the band along a, b = 0"),
        ("l1", 0.05, (0, 2), "neither weight is penalised, which leaves no ball; "),
    ],
)  # fmt: skip
def test_the_band_is_drawn_named_and_keeps_out_of_the_frame(tmp_path, engine, penalty, lam, pair, words):
    factors = (0.0, 2.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0)
    view = view_of(write_sparse(tmp_path / "sparse.csv"), TrainSettings(penalty, lam), factors, pair)
    assert words in geometry_sentence(view)
    (look,) = view.looks
    if pair == (0, 2):
        assert not len(look.picture.ball)
        return
    assert "; band: " in geometry_sentence(view)
    place = pair.index(1)
    width = abs(look.picture.here[place])
    np.testing.assert_allclose(np.abs(look.picture.ball[:, place]), width, rtol=1e-12)
    ends = np.abs([view.frame.left, view.frame.right])
    assert ends.max() < 20.0
    assert np.abs(look.picture.ball[:, 1 - place]).min() > 10.0 * ends.max()
