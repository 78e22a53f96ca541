"""The course of λ up and down: when it goes on, where it turns, what it notes, and what is said of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from core_problems import make_dataset

from regdesk.core.run.changes import ChangeLog, SettingsChange
from regdesk.core.run.hysteresis_tour import (
    LEAST_SNAPSHOTS,
    MOST_STEPS,
    N_TOUR_POINTS,
    WINDOW_STEPS,
    HysteresisTour,
    linear_tour_lambdas,
    network_tour_lambdas,
)
from regdesk.core.run.snapshot import TrainSnapshot
from regdesk.core.training.trainer import Trainer
from regdesk.core.types import Architecture, TrainSettings
from regdesk.core.words.hysteresis_words import tour_point_text, verdict

INPUTS = np.random.default_rng(0).normal(size=(40, 3))
DATASET = make_dataset(INPUTS, INPUTS @ [1.0, 0.5, 0.0], "regression", 10)
FIRST = Trainer(DATASET, Architecture((4, 4)), seed=0).snapshot(TrainSettings())
LAMBDAS = np.array([0.01, 0.1, 1.0, 10.0])
STEPS = 20


class Model:
    """Stands in for a model: at every λ its loss falls to where ``settle(lam)`` says, by half each ``half`` steps."""

    def __init__(self, tour, settle, half=25.0, n_nonzero=lambda lam: 3):
        self.tour, self.settle, self.half, self.n_nonzero = tour, settle, half, n_nonzero
        self.step, self.loss, self.visited = 0, 1.0, []

    def see(self, lam=None):
        lam = self.tour.lam if lam is None else lam
        self.step += STEPS
        self.loss = self.settle(lam) + (self.loss - self.settle(lam)) * 0.5 ** (STEPS / self.half)
        changes = {
            "step": self.step, "settings": TrainSettings("l1", lam), "objective": self.loss, "train_loss": self.loss,
            "validation_loss": 2.0 * self.loss, "n_nonzero": self.n_nonzero(lam), "is_collapsed": False,
        }  # fmt: skip
        return self.tour.advance(TrainSnapshot(**vars(FIRST) | changes))

    def go(self):
        while not self.tour.is_done:
            lam, first = self.tour.lam, self.step
            while not self.see():
                assert self.step - first <= 2 * MOST_STEPS
            self.visited.append((lam, self.step - first))
        return self.tour.value


def test_a_linear_model_goes_up_and_down_the_same_curve():
    tour = HysteresisTour(LAMBDAS, is_linear=True)
    model = Model(tour, lambda lam: 0.1 + lam)
    value = model.go()
    assert [lam for lam, _ in model.visited] == [0.01, 0.1, 1, 10, 1, 0.1, 0.01]
    np.testing.assert_array_equal(value.up.lambdas, LAMBDAS)
    np.testing.assert_array_equal(value.down.lambdas, LAMBDAS[::-1])
    for way in (value.up, value.down):
        np.testing.assert_allclose(way.train_loss, 0.1 + way.lambdas, rtol=1e-5)
        np.testing.assert_array_equal(way.validation_loss, 2.0 * way.train_loss)
        assert way.is_settled.all()
    # Not before it can be seen, nor before the loss has stood still.
    assert min(steps for _, steps in model.visited) >= max(LEAST_SNAPSHOTS * STEPS, WINDOW_STEPS)
    assert verdict(value).startswith("Both ways give the same curve: the problem of a linear model has one minimum")
    assert (
        tour_point_text(value, value.up, 1)
        == "going up, λ 0.1: training 0.200, validation 0.400, 3 of 32 weights not zero"
    )


def test_a_model_that_never_settles_goes_on_and_it_is_said():
    value = Model(HysteresisTour(LAMBDAS, is_linear=True), lambda lam: 0.1 + lam, half=4e4).go()
    assert not value.up.is_settled.any()
    assert "it had not settled at each λ. At 7 of 7 stations" in verdict(value)
    assert tour_point_text(value, value.down, 1).startswith("coming down, λ 1:")
    assert tour_point_text(value, value.down, 1).endswith(", not settled")


def test_a_network_turns_where_it_dies_and_stays_dead():
    dead = [False]

    def settle(lam):
        dead[0] |= lam >= 1.0
        return 0.45 if dead[0] else 0.2 + 0.5 * lam

    model = Model(HysteresisTour(LAMBDAS, is_linear=False), settle, n_nonzero=lambda _: 0 if dead[0] else 9)
    value = model.go()
    np.testing.assert_array_equal(value.up.lambdas, LAMBDAS[:3])
    np.testing.assert_array_equal(value.down.lambdas, LAMBDAS[2::-1])
    np.testing.assert_array_equal(value.down.n_nonzero, [0, 0, 0])
    np.testing.assert_array_equal(value.up.n_nonzero, [9, 9, 0])
    assert verdict(value) == (
        "Coming down, the network never left zero: all weights at 0 is a stationary point. "
        "At λ 0.01 the validation loss was 0.410 going up, 0.900 coming down."
    )


def test_a_network_that_is_turned_back_shows_its_hysteresis():
    highest = [0.0]

    def settle(lam):
        highest[0] = max(highest[0], lam)
        return 0.1 + 0.2 * highest[0]

    tour = HysteresisTour(LAMBDAS, is_linear=False)
    model = Model(tour, settle)
    while not model.see():
        pass
    tour.turn()
    value = model.go()
    np.testing.assert_array_equal(value.up.lambdas, [0.01, 0.1])
    np.testing.assert_array_equal(value.down.lambdas, [0.1, 0.01])
    assert verdict(value).startswith("Up and down differ: at λ 0.01 the validation loss was 0.20")
    assert "0.240 coming down. Hysteresis" in verdict(value)
    # Where it was still on its way that would be too much said.
    unsettled = replace(value, down=replace(value.down, is_settled=np.zeros(2)))
    assert verdict(unsettled).endswith("There it had not settled: this may be hysteresis, or too little time.")
    elsewhere = replace(value, down=replace(value.down, is_settled=np.array([0.0, 1.0])))
    assert "Hysteresis" in verdict(elsewhere)


def test_moments_of_another_lambda_and_moments_seen_twice_count_for_nothing():
    tour = HysteresisTour(LAMBDAS, is_linear=True)
    model = Model(tour, lambda _: 0.3)
    for _ in range(100):
        assert not model.see(lam=0.5)
    model.loss = 0.3
    for _ in range(LEAST_SNAPSHOTS - 1):
        assert not model.see()
        model.step -= STEPS
        assert not model.see()
    assert model.see()
    assert tour.lam == 0.1


def test_its_range_is_that_in_which_something_happens():
    linear = linear_tour_lambdas(0.7)
    assert len(linear) == N_TOUR_POINTS
    assert linear[[0, -1]] == pytest.approx([1e-3 * 0.7, 1.2 * 0.7], rel=5e-3)
    assert np.diff(np.log(linear)) == pytest.approx(np.log(1200) / (N_TOUR_POINTS - 1), rel=0.1)
    targets = DATASET.standardized_targets(DATASET.split.train)
    network = network_tour_lambdas(DATASET)
    assert network[[0, -1]] == pytest.approx(np.array([1e-4, 10.0]) * targets.var(), rel=5e-3)


def test_one_way_is_one_gesture_in_the_record_of_changes():
    log, settings = ChangeLog(), [TrainSettings(lam=lam) for lam in (0.01, 0.1, 1.0)]
    for number, goes_on in ((0, False), (1, True)):
        change = SettingsChange(number, float(number), float(number), settings[number], settings[number + 1])
        log.extend((change,), 10.0 * number, goes_on)
    (joined,) = log.changes
    assert (joined.before.lam, joined.after.lam) == (0.01, 1.0)
