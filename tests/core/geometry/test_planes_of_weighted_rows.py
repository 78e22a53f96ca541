"""The geometry under row weights: planes, solutions, budgets and the trio as of rows that are repeated."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from covering import covered
from weighted_tables import datasets_of

from regdesk.core.geometry.maker import GeometryMaker
from regdesk.core.geometry.network_plane import NetworkPlane
from regdesk.core.geometry.view import GeometryChoice, GeometryRequest
from regdesk.core.model.network import Network
from regdesk.core.stopping import Stop
from regdesk.core.types import Architecture, TrainSettings

LOSSES = ["squared", "logistic", "softmax"]


def views_of(folder, loss, architecture, choice, settings, step=0):
    """What is drawn of the same parameters, in which every weight is other than 0."""
    found = []
    for data in datasets_of(folder, loss):
        network = Network.of(architecture, data.n_inputs, data.n_outputs, data.input_groups)
        moments = 0.4 * np.random.default_rng(4).normal(size=(5, network.n_parameters))
        request = GeometryRequest(
            run=1, dataset=data, architecture=architecture, seed=2, settings=settings, parameters=moments[-1],
            step=step, snapshots=tuple(moments), choice=choice, is_moving=False,
        )  # fmt: skip
        maker = GeometryMaker(request)
        view = maker.make(request, lambda: False, Stop())
        for _ in range(20):
            if not (view.is_coarse or view.is_first or view.is_behind):
                break
            view = maker.make(request, lambda: False, Stop())
        found.append((maker, view))
    return found


def assert_looks_agree(views, tolerance):
    (_, one), (_, other) = views
    assert (one.names, one.note, one.pair, len(one.looks)) == (other.names, other.note, other.pair, len(other.looks))
    for look, same in zip(one.looks, other.looks, strict=True):
        for name in ("here", "unpenalised", "optimum", "budget", "share"):
            found, expected = (getattr(which.picture, name) for which in (look, same))
            np.testing.assert_allclose(found, expected, rtol=tolerance, atol=tolerance, err_msg=name)
        np.testing.assert_allclose(look.picture.grid.values, same.picture.grid.values, rtol=tolerance)
        np.testing.assert_allclose(look.path, same.path, rtol=1e-6, atol=max(tolerance, 1e-7))
        assert np.ptp(look.picture.grid.values) > 0.0


@covered(loss=LOSSES, reading=["slice", "profile"], kind=["l1", "l2"])
def test_planes_of_linear_models(tmp_path, loss, reading, kind):
    views = views_of(tmp_path, loss, Architecture(()), GeometryChoice(reading=reading), TrainSettings(kind, 0.05))
    # Of classes a profile is solved for to a residual of 1e-7 at each point of its grid.
    assert_looks_agree(views, 1e-9 if loss == "squared" or reading == "slice" else 1e-6)
    budgets = [maker.lambda_for(0.5, TrainSettings(kind, 0.05)) for maker, _ in views]
    assert budgets[0] == pytest.approx(budgets[1], rel=1e-9)
    dials = [view.dial for _, view in views]
    assert dials[0].budget == pytest.approx(dials[1].budget, rel=1e-9)


@pytest.mark.parametrize("choice", [GeometryChoice(), GeometryChoice(is_principal=True)], ids=["weights", "directions"])
@pytest.mark.parametrize("loss", LOSSES)
def test_planes_of_networks(tmp_path, loss, choice):
    views = views_of(tmp_path, loss, Architecture((3,)), choice, TrainSettings("l2", 0.05))
    assert_looks_agree(views, 2e-5)


@pytest.mark.parametrize("architecture", [Architecture(()), Architecture((3,))], ids=["linear", "network"])
def test_the_trio_trains_on_the_rows_as_they_weigh(tmp_path, architecture):
    settings = TrainSettings("l1", 0.02, learning_rate=0.05)
    views = views_of(tmp_path, "squared", architecture, GeometryChoice(compares=True), settings, step=40)
    assert all(len(view.looks) == 3 for _, view in views)
    assert_looks_agree(views, 1e-9 if architecture.is_linear else 2e-4)


def test_a_slice_in_float64_is_that_of_repeated_rows_to_its_last_digits(tmp_path):
    grids = []
    for data in datasets_of(tmp_path, "softmax"):
        rows = data.split.train
        network = Network.of(Architecture((3,)), data.n_inputs, data.n_outputs, data.input_groups)
        plane = NetworkPlane(
            network, data.loss_on(rows), data.standardized_inputs(rows), data.standardized_targets(rows), np.float64
        )
        parameters = network.initial_parameters(1, np.zeros(data.n_outputs))
        axis = np.linspace(-1.0, 1.0, 5)
        grids.append(plane.slice(parameters, (0, 4), axis, axis).values)
        points = np.stack([parameters, 2.0 * parameters])
        grids[-1] = np.append(grids[-1].ravel(), plane.losses_at(points))
    np.testing.assert_allclose(grids[0], grids[1], rtol=1e-12)


def test_weights_of_one_draw_the_same_plane(tmp_path):
    data = datasets_of(tmp_path, "logistic")[1]
    ones = replace(data, row_weights=np.ones(len(data.targets)))
    grids = []
    for one in (data, ones):
        request = GeometryRequest(
            run=1, dataset=one, architecture=Architecture(()), seed=2, settings=TrainSettings("l1", 0.05),
            parameters=0.1 * np.arange(7.0), step=0, snapshots=(0.1 * np.arange(7.0),),
            choice=GeometryChoice(reading="profile"), is_moving=False,
        )  # fmt: skip
        grids.append(GeometryMaker(request).make(request, lambda: False, Stop()).looks[0].picture.grid.values)
    np.testing.assert_allclose(grids[0], grids[1], rtol=1e-9)
