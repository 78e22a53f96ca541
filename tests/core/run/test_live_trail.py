"""Which λ the live trail remembers."""

from __future__ import annotations

from types import SimpleNamespace

from regdesk.core.run.live_trail import LiveTrail
from regdesk.core.types import TrainSettings


def visit(trail, lam, epoch, loss):
    settings = TrainSettings(penalty="l1", lam=lam)
    trail.note_snapshot(SimpleNamespace(settings=settings, epoch=epoch, train_loss=loss, validation_loss=2 * loss))


def test_a_paused_model_leaves_a_trace_only_where_it_has_lived():
    trail = LiveTrail()
    visit(trail, 0.1, 0, 1.0)
    visit(trail, 0.1, 50, 0.6)
    # Paused: dragged through two λ and back over the first.
    for lam in (0.2, 0.3, 0.1, 0.3):
        visit(trail, lam, 50, 0.6)
    assert trail.columns().lambdas.tolist() == [0.1, 0.3]
    # Solved for the optimum while paused: no epoch passes, yet the model is another.
    visit(trail, 0.3, 50, 0.7)
    visit(trail, 0.1, 50, 0.7)
    visit(trail, 0.4, 50, 0.7)
    columns = trail.columns()
    assert columns.lambdas.tolist() == [0.1, 0.3, 0.4]
    assert columns.train_loss.tolist() == [0.6, 0.7, 0.7]
    assert columns.validation_loss.tolist() == [1.2, 1.4, 1.4]


def test_a_running_model_leaves_a_trace_at_every_lambda_of_a_drag():
    trail = LiveTrail()
    for step, lam in enumerate((0.1, 0.2, 0.3, 0.4)):
        visit(trail, lam, 10 * step + 1, 1.0)
    assert trail.columns().lambdas.tolist() == [0.1, 0.2, 0.3, 0.4]
