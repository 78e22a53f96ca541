"""Which λ a collapsed network is offered: the last at which weights lived, under the same penalty, never a killer."""

from __future__ import annotations

import numpy as np
import pytest
from core_problems import make_dataset
from scipy.optimize import minimize

from regdesk.core.model.losses import loss_for
from regdesk.core.run.collapse_recovery import LIVED_STEPS, LivedLambdas, RestartAdvice, null_loss
from regdesk.core.run.snapshot import TrainSnapshot
from regdesk.core.training.trainer import Trainer
from regdesk.core.types import Architecture, TrainSettings

NULL = 0.5
DATASET = make_dataset(
    np.random.default_rng(0).normal(size=(40, 3)), np.random.default_rng(1).normal(size=40), "regression"
)
FIRST = Trainer(DATASET, Architecture((4, 4)), seed=0).snapshot(TrainSettings())


class Life:
    """A run told in a few words: so many steps at λ, then dead or alive."""

    def __init__(self, lived=None, run=1):
        self.lived = lived or LivedLambdas()
        self.run, self.step = run, 0
        self.lived.begin_run(NULL)

    def see(self, lam, n_steps=0, penalty="l1", rate=0.01, **changes):
        self.step += n_steps
        settings = TrainSettings(penalty, lam, learning_rate=rate)
        values = vars(FIRST) | {"run": self.run, "step": self.step, "settings": settings, "objective": 0.9 * NULL}
        self.lived.note_snapshot(TrainSnapshot(**values | changes))

    def live(self, lam, n_steps=10 * LIVED_STEPS, **changes):
        """Some time at λ, at the end of which the user moves it."""
        self.see(lam, 1, **changes)
        self.see(lam, n_steps, **changes)
        self.lived.note_gesture()

    def die(self, lam, penalty="l1", rate=0.01):
        self.see(lam, 1, penalty, rate)
        self.see(lam, 1, penalty, rate, is_collapsed=True, n_nonzero=0)
        return self.lived.advice


def test_a_living_network_is_offered_nothing():
    life = Life()
    assert life.lived.advice is None
    life.live(0.1)
    assert life.lived.advice is None


def test_the_last_lambda_below_the_killer_is_offered():
    life = Life()
    for lam in (0.001, 0.3, 0.02, 5.0):
        life.live(lam)
    assert life.die(1.0) == RestartAdvice(0.02, has_lived=True)


def test_a_lambda_lived_under_again_is_the_last():
    life = Life()
    for lam in (0.001, 0.02, 0.001):
        life.live(lam)
    assert life.die(1.0) == RestartAdvice(0.001, has_lived=True)


def test_lambda_zero_is_a_lambda():
    life = Life()
    life.live(0.0)
    assert life.die(1e9) == RestartAdvice(0.0, has_lived=True)


@pytest.mark.parametrize(
    "changes",
    [
        {"n_steps": LIVED_STEPS - 2},
        {"objective": 1.001 * NULL},
        {"objective": NULL * (1.0 - 1e-6)},
        {"has_diverged": True},
        {"objective": float("nan")},
    ],
)
def test_what_has_proved_nothing_is_not_offered(changes):
    life = Life()
    life.live(0.02)
    life.live(0.3, **changes)
    assert life.die(1.0) == RestartAdvice(0.02, has_lived=True)


def test_a_drag_notes_where_it_began():
    life = Life()
    life.live(0.02)
    for lam in (0.05, 0.1, 0.2, 0.4):
        life.see(lam, 1)
    assert life.die(0.8) == RestartAdvice(0.02, has_lived=True)


@pytest.mark.parametrize(("killer", "offered"), [(1e9, 0.01), (0.02, 0.01), (0.01, 0.001), (0.0037, 0.00037)])
def test_without_a_lambda_at_which_weights_lived_it_is_a_guess(killer, offered):
    assert Life().die(killer) == RestartAdvice(offered, has_lived=False)


def test_what_has_killed_is_never_offered_again():
    lived = LivedLambdas()
    life = Life(lived)
    for lam in (0.001, 0.5):
        life.live(lam)
    assert life.die(2.0) == RestartAdvice(0.5, has_lived=True)
    # 0.5 was borne by weights that had grown; from the initial ones it kills, slowly.
    second = Life(lived, run=2)
    second.live(0.5)
    assert second.die(0.5) == RestartAdvice(0.001, has_lived=True)
    assert Life(lived, run=3).die(1e9) == RestartAdvice(0.001, has_lived=True)


@pytest.mark.parametrize("second", [0.01, 0.004])
def test_after_a_guess_has_failed_it_was_the_learning_rate(second):
    lived = LivedLambdas()
    assert Life(lived).die(1.0, rate=1.0) == RestartAdvice(0.01, has_lived=False)
    advice = Life(lived, run=2).die(second, rate=1.0)
    assert advice == RestartAdvice(None, has_lived=False, too_high_rate=1.0)
    assert advice.lower_rate == 0.1
    # Nothing of this is held against a lower one.
    assert Life(lived, run=3).die(1e9, rate=0.1) == RestartAdvice(0.01, has_lived=False)
    assert Life(lived, run=4).die(0.01, rate=0.1) == RestartAdvice(None, has_lived=False, too_high_rate=0.1)


@pytest.mark.parametrize("lam", [0.0, 1e-6])
def test_where_there_was_hardly_any_lambda_it_was_the_learning_rate(lam):
    assert Life().die(lam, rate=0.3) == RestartAdvice(None, has_lived=False, too_high_rate=0.3)


def test_a_lambda_that_weights_bore_at_a_lower_rate_is_not_to_blame():
    life = Life()
    life.live(0.01)
    assert life.die(0.01, rate=1.0) == RestartAdvice(None, has_lived=False, too_high_rate=1.0)
    # At about the same rate it may have been: there the weights had grown.
    second = Life(run=2)
    second.live(0.01)
    assert second.die(0.01, rate=0.015) == RestartAdvice(0.001, has_lived=False)


def test_a_lambda_that_lived_is_offered_before_any_rate():
    life = Life()
    life.die(1.0, rate=1.0)
    second = Life(life.lived, run=2)
    second.live(0.002, rate=1.0)
    assert second.die(0.01, rate=1.0) == RestartAdvice(0.002, has_lived=True)


def test_the_lowest_learning_rate_cannot_be_lowered():
    assert Life().die(0.0, rate=1e-5) == RestartAdvice(0.01, has_lived=False)
    assert RestartAdvice(None, has_lived=False, too_high_rate=3e-5).lower_rate == 1e-5


def test_penalties_are_kept_apart():
    life = Life()
    life.live(0.2, penalty="l2")
    life.live(0.03, penalty="elastic-net")
    assert life.die(1.0) == RestartAdvice(0.01, has_lived=False)
    assert Life(life.lived, run=2).die(1.0, "elastic-net") == RestartAdvice(0.03, has_lived=True)
    assert Life(life.lived, run=3).die(0.01, "l2") == RestartAdvice(0.001, has_lived=False)


def test_the_killer_is_the_hardest_pressure_since_the_model_was_worth_its_weights():
    life = Life()
    for lam in (0.001, 0.02):
        life.live(lam)
    life.see(1e9, 1)
    # What follows is the slow end of what 1e9 began.
    for lam in (0.5, 0.0, 0.003):
        life.see(lam, 500, objective=1.01 * NULL, n_nonzero=0)
        life.lived.note_gesture()
    life.see(0.003, 1, is_collapsed=True, n_nonzero=0, objective=NULL)
    assert life.lived.advice == RestartAdvice(0.02, has_lived=True)
    # It was 1e9, and not 0.003, which may be offered on another day.
    second = Life(life.lived, run=2)
    second.live(0.003)
    assert second.die(1.0) == RestartAdvice(0.003, has_lived=True)


def test_a_lambda_under_which_no_step_was_made_is_no_suspect():
    life = Life()
    life.live(0.3)
    life = Life(life.lived, run=2)
    life.see(1e9, 0, objective=1e9)
    life.see(0.1, 0, objective=3.0)
    life.see(0.1, 1, objective=2.0)
    life.see(0.1, 1, is_collapsed=True, objective=NULL)
    assert life.lived.advice == RestartAdvice(0.01, has_lived=False)


def test_the_offer_stands_while_lambda_moves_under_a_dead_network():
    life = Life()
    life.live(0.02)
    advice = life.die(1.0)
    life.lived.note_gesture()
    for lam in (0.001, 7.0):
        life.see(lam, 1_000, is_collapsed=True, n_nonzero=0)
        life.lived.note_gesture()
        assert life.lived.advice == advice
    life.lived.begin_run(NULL)
    assert life.lived.advice is None


def test_a_network_that_comes_back_is_offered_nothing():
    life = Life()
    life.die(1.0)
    life.see(0.001, 1)
    assert life.lived.advice is None


@pytest.mark.parametrize(("task", "n_classes"), [("regression", 0), ("classification", 2), ("classification", 4)])
def test_the_null_loss_is_the_least_of_a_constant(task, n_classes):
    generator = np.random.default_rng(3)
    targets = generator.normal(5.0, 2.0, size=60)
    if n_classes:
        targets = np.minimum(generator.integers(0, n_classes + 1, size=60), n_classes - 1).astype(float)
    dataset = make_dataset(generator.normal(size=(60, 2)), targets, task, n_validation=15)
    loss = loss_for(task, dataset.n_outputs)
    train = dataset.standardized_targets(dataset.split.train)
    least = minimize(
        lambda outputs: loss.values(np.tile(outputs, (len(train), 1)), train).mean(), np.zeros(dataset.n_outputs)
    )
    assert null_loss(dataset) == pytest.approx(least.fun, rel=1e-9)
    if task == "regression":
        assert null_loss(dataset) == pytest.approx(0.5)


@pytest.mark.parametrize(("penalty", "lam", "lives"), [("l1", 0.003, True), ("l2", 0.001, True), ("l2", 0.5, False)])
def test_a_real_network_lives_or_is_dying(penalty, lam, lives):
    """Under L2 weights die for thousands of steps in which none is zero: J tells long before."""
    generator = np.random.default_rng(0)
    inputs = generator.normal(size=(60, 3))
    dataset = make_dataset(inputs, inputs[:, 0] - inputs[:, 1] ** 2, "regression")
    trainer, settings = Trainer(dataset, Architecture((8, 8)), seed=0), TrainSettings(penalty, lam)
    lived = LivedLambdas()
    lived.begin_run(null_loss(dataset))
    for _ in range(5):
        trainer.advance(settings, 100)
        lived.note_snapshot(trainer.snapshot(settings))
    lived.note_gesture()
    killer = TrainSettings(penalty, 1e9)
    for _ in range(100):
        trainer.advance(killer, 100)
        lived.note_snapshot(trainer.snapshot(killer))
        if lived.advice:
            break
    assert lived.advice == (RestartAdvice(lam, has_lived=True) if lives else RestartAdvice(0.01, has_lived=False))
