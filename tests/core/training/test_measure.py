"""``measure`` is a pure function: what it says of parameters is what the trainer said when it had them."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, is_dataclass, replace

import numpy as np
import pytest
from core_problems import make_dataset

from regdesk.core.engine.structs import ROWS_IN_ONE
from regdesk.core.fit.view import FitView
from regdesk.core.model.network import weights_digest
from regdesk.core.run.moment import Moment
from regdesk.core.training.cores import Cores
from regdesk.core.training.trainer import Trainer
from regdesk.core.types import Architecture, TrainSettings

ADAM = TrainSettings("elastic-net", 0.03, 0.4, "adam", 0.01, 16)
COURSE = (ADAM, replace(ADAM, penalty="l1", lam=0.2), replace(ADAM, penalty="l2", lam=30.0, learning_rate=0.1),
          replace(ADAM, penalty="group-lasso", optimizer="momentum"), replace(ADAM, penalty="none"))  # fmt: skip
"""A rise of λ that makes zeros, L2 that runs out of digits, groups, and no penalty."""
OF_THE_RUN = {"rows", "changes", "next_step"}


def bits(value):
    """What two equal values have in common to the last bit, and no two others."""
    if isinstance(value, np.ndarray):
        return value.dtype.str, value.shape, value.tobytes()
    if is_dataclass(value):
        return type(value).__name__, *((one.name, bits(getattr(value, one.name))) for one in fields(value))
    if isinstance(value, tuple):
        return tuple(bits(one) for one in value)
    return value.hex() if isinstance(value, float) else repr(value)


def of_snapshot(snapshot):
    return {one.name: bits(getattr(snapshot, one.name)) for one in fields(snapshot) if one.name not in OF_THE_RUN}


def make_trainer(n_classes, hidden=(5,), n_rows=60, cores=None):
    generator = np.random.default_rng(2)
    inputs = generator.normal(size=(n_rows, 3))
    targets = np.arange(n_rows) % n_classes * 1.0 if n_classes else inputs @ [1.0, 2.0, 0.0]
    task = "classification" if n_classes else "regression"
    dataset = make_dataset(inputs, targets, task, n_rows // 5, groups=(0, 1, 1))
    return Trainer(dataset, Architecture(hidden), 3, run=7, cores=cores)


def course_of(trainer, n_steps=60):
    """Snapshots along a run, and copies of the parameters that each was taken of."""
    taken = []
    for settings in COURSE:
        for _ in range(2):
            trainer.advance(settings, n_steps)
            parameters = trainer.parameters.copy()
            taken.append((parameters, trainer.snapshot(settings)))
    return taken


@pytest.mark.parametrize(("n_classes", "hidden"), [(0, (5,)), (2, (4, 3)), (4, (5,)), (0, ()), (2, ()), (3, ())])
def test_it_says_of_every_step_what_the_trainer_said(n_classes, hidden):
    trainer = make_trainer(n_classes, hidden)
    taken = course_of(trainer)
    assert any(snapshot.n_nonzero < snapshot.n_weights for _, snapshot in taken)
    measure = trainer.measure
    for place in np.random.default_rng(0).permutation(len(taken)):
        parameters, snapshot = taken[place]
        found = measure(parameters, snapshot.settings, Moment.of(snapshot))
        assert of_snapshot(found) == of_snapshot(snapshot)
        assert found.run == 7
        assert len(found.rows) == len(found.changes) == 0
        assert not found.parameters.flags.writeable
        # Without its moment all that the parameters say is the same.
        bare = measure(parameters, snapshot.settings)
        assert (bare.train_loss, bare.validation_loss, bare.objective, bare.kkt_residual, bare.is_converged) == (
            snapshot.train_loss, snapshot.validation_loss, snapshot.objective, snapshot.kkt_residual,
            snapshot.is_converged,
        )  # fmt: skip
        assert (bare.step, bare.epoch, bare.digest()) == (0, 0.0, snapshot.digest())


def test_the_moment_says_which_weights_are_too_small_and_how_far_axes_reach():
    trainer = make_trainer(0)
    tiny = TrainSettings("l2", 1e6, optimizer="sgd", learning_rate=0.5)
    trainer.parameters[:] *= 40.0
    before = trainer.snapshot(tiny)
    trainer.advance(tiny, 30)
    snapshot = trainer.snapshot(tiny)
    assert snapshot.n_too_small > 0
    found = trainer.measure(snapshot.parameters, tiny, Moment.of(snapshot))
    assert of_snapshot(found) == of_snapshot(snapshot)
    assert found.layers[0].limit == before.layers[0].limit > trainer.measure(snapshot.parameters, tiny).layers[0].limit
    assert trainer.measure(snapshot.parameters, tiny).n_too_small == 0


def test_training_goes_on_as_if_nobody_had_looked():
    digests = []
    for looks in (False, True):
        trainer = make_trainer(2, (4, 3))
        early = trainer.parameters.copy()
        for settings in COURSE:
            trainer.advance(settings, 33)
            if looks:
                trainer.measure(early, COURSE[0])
                trainer.measure(100.0 * early, settings)
                trainer.measure(trainer.parameters, COURSE[-1])
        digests.append((weights_digest(trainer.parameters), bits(trainer.snapshot(COURSE[-1]).rows)))
    assert digests[0] == digests[1]


def test_another_thread_measures_while_the_run_goes_on():
    trainer, alone = make_trainer(0, n_rows=400), make_trainer(0, n_rows=400)
    taken = course_of(trainer)
    course_of(alone)
    expected = [of_snapshot(snapshot) for _, snapshot in taken]
    has_begun, is_over, found = threading.Event(), threading.Event(), []

    def look():
        while not is_over.is_set() or len(found) < 3:
            found.append([
                of_snapshot(trainer.measure(parameters, snapshot.settings, Moment.of(snapshot)))
                for parameters, snapshot in reversed(taken)
            ])  # fmt: skip
            has_begun.set()

    with ThreadPoolExecutor(2) as executor:
        looks = [executor.submit(look) for _ in range(2)]
        has_begun.wait(60)
        for _ in range(40):
            trainer.advance(ADAM, 50)
            trainer.snapshot(ADAM)
        is_over.set()
        for one in looks:
            one.result()
    assert all(one == expected[::-1] for one in found)
    for _ in range(40):
        alone.advance(ADAM, 50)
    assert weights_digest(trainer.parameters) == weights_digest(alone.parameters)


def test_so_many_rows_that_threads_share_them():
    n_rows = ROWS_IN_ONE + 20_000
    alone = make_trainer(2, (3,), n_rows)
    with ThreadPoolExecutor(2) as executor:
        trainer = make_trainer(2, (3,), n_rows, Cores(executor, 2))
        assert trainer.shares_rows
        settings = replace(ADAM, batch_size=0)
        trainer.advance(settings, 2)
        parameters, snapshot = trainer.parameters.copy(), trainer.snapshot(settings)
        alone.advance(settings, 1)
        trainer.advance(settings, 3)
        for measure in (trainer.measure, alone.measure):
            assert of_snapshot(measure(parameters, settings, Moment.of(snapshot))) == of_snapshot(snapshot)


def test_a_new_picture_leaves_the_old_measure_as_it_was():
    trainer = make_trainer(0)
    trainer.advance(ADAM, 20)
    old, parameters = trainer.measure, trainer.parameters.copy()
    trainer.show(FitView(trainer.dataset, (trainer.dataset.features[0],)))
    assert trainer.measure(parameters, ADAM).fit.scene.kind == "curve"
    assert old(parameters, ADAM).fit.scene.kind == "parity"


def test_the_exact_model_stands_for_one_that_stays():
    trainer = make_trainer(0, ())
    full = TrainSettings("l2", 0.1)
    trainer.advance(full, 40)
    before, exact = trainer.parameters.copy(), np.arange(4.0)
    found = trainer.exact_snapshot(full, exact)
    np.testing.assert_array_equal(trainer.parameters, before)
    measured = trainer.measure(exact, full)
    assert (found.objective, found.kkt_residual) == (measured.objective, measured.kkt_residual)
    assert found.stands_for.digest() == found.digest() == weights_digest(before)
    assert (found.step, len(found.rows), len(found.stands_for.rows)) == (40, 0, 1)


def test_two_threads_have_scratch_memory_of_their_own():
    trainer = make_trainer(0, (16, 16), n_rows=20_000)
    moments = []
    for settings in COURSE[:2]:
        trainer.advance(settings, 3)
        moments.append(trainer.parameters.copy())
    passes = trainer.measure.passes
    expected = [
        (passes.losses(one[np.newaxis]).tobytes(), passes.gradients(one[np.newaxis]).tobytes()) for one in moments
    ]

    def look(parameters):
        own = parameters[np.newaxis]
        return {(passes.losses(own).tobytes(), passes.gradients(own).tobytes()) for _ in range(60)}

    with ThreadPoolExecutor(2) as executor:
        assert list(executor.map(look, moments)) == [{one} for one in expected]
