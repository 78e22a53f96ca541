"""When a headless fit ends, and whether it is solved for instead: what a configuration says without saying it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regdesk.core.settings.configuration import Configuration
from regdesk.core.types import FULL_BATCH

if TYPE_CHECKING:
    from regdesk.core.run.snapshot import TrainSnapshot

MOST_EPOCHS = 20_000
"""Where a fit ends at the latest whose configuration names no end."""
LEAST_SEARCH = 5_000
"""Passes over the rows with which several starts of a network are worth a beginning; fewer are an optimiser's."""


def is_exact(configuration: Configuration) -> bool:
    """Whether a model is solved for its minimum: a linear one, unless the user wants an optimiser or epochs."""
    ending = configuration.ending
    return configuration.architecture.is_linear and not ending.is_optimizer_chosen and ending.n_epochs is None


def is_searched(configuration: Configuration) -> bool:
    """Whether a network's fit is a search for a low J: it has a penalty, and nobody wants an optimiser, batches, or an
    end so early that there is no time for one.
    """
    ending, training = configuration.ending, configuration.training
    is_left_open = not ending.is_optimizer_chosen and ending.n_epochs is None and training.batch_size == FULL_BATCH
    has_minimum = not configuration.architecture.is_linear and training.effective_lam > 0.0
    return is_left_open and has_minimum and most_epochs(configuration) >= LEAST_SEARCH


def is_at_minimum(snapshot: TrainSnapshot) -> bool:
    """Whether a live model is what solving would find: an exact one, or a linear one that has converged."""
    is_measured = snapshot.measured is snapshot
    return snapshot.is_exact or (snapshot.network.is_linear and is_measured and snapshot.is_converged)


def most_epochs(configuration: Configuration) -> int:
    """Passes over the rows after which a fit ends at the latest."""
    ending = configuration.ending
    if ending.n_epochs is not None:
        return ending.n_epochs
    return MOST_EPOCHS if ending.max_epochs is None else ending.max_epochs
