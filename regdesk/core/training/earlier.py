"""An earlier moment as it was shown then: what its parameters and its optimiser's state mean, as a pure function."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from regdesk.core.run.moment import Moment
from regdesk.core.training.coming_step import coming_step

if TYPE_CHECKING:
    from regdesk.core.moments.kept_moment import KeptMoment
    from regdesk.core.run.snapshot import TrainSnapshot
    from regdesk.core.training.measure import Measure


def earlier_snapshot(measure: Measure, kept: KeptMoment) -> TrainSnapshot:
    """The snapshot of ``kept``, a moment of the run that ``measure`` belongs to: field by field the one that was made
    then, but for rows and changes, of which it has none; the fit is seen in the picture that is looked at now.
    """
    state, settings = kept.state, kept.state.settings
    assert settings is not None, "a row has been noted under settings"
    parameters = state.optimizer.parameters
    too_small = measure.network.is_weight & (parameters == 0.0) & ~state.is_zero
    moment = Moment(
        kept.step, kept.epoch, state.optimizer.has_diverged, too_small if too_small.any() else None, state.limits
    )
    snapshot = measure.with_losses(parameters, settings, moment, kept.losses)
    assert snapshot.gradient is not None
    step = coming_step(state.optimizer, settings, snapshot.gradient, state.still_metric)
    return replace(snapshot, next_step=step)
