"""Whether a model overfits or underfits, by what its run has shown; nothing is claimed on anything less.

The rule. A moment *overfits* where its training loss is below, and its validation loss a fifth above, what both were
when the validation loss was lowest in this run; or where its training loss is below, and its validation loss above,
that of the model without inputs. It *underfits* where both losses are a fifth above what they were then, and λ is
larger than it was then, or its weights have collapsed under an earlier λ: the model could do better, and is held back.
Without validation rows nothing is said.

A fifth: at a λ that their sentences recommend the networks of the samples end at most 11 % above their lowest
validation loss, which they may pass by chance in the first epochs; without a penalty they end 12 % to 1400 % above it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from regdesk.core.model.dataset import Dataset
    from regdesk.core.run.history import BestMoment
    from regdesk.core.run.snapshot import TrainSnapshot

CLEARLY = 1.2
"""Times the lowest validation loss."""


@dataclass(frozen=True)
class NullLosses:
    """Losses of the model without inputs, which was fitted on the training rows; NaN without rows."""

    train: float
    validation: float


def null_losses(dataset: Dataset) -> NullLosses:
    """Of the best constant outputs of the training rows, on these and on the validation rows."""
    train, validation = dataset.split.train, dataset.split.validation
    loss, targets = dataset.loss_on(train), dataset.standardized_targets(train)
    outputs = loss.null_outputs(targets, dataset.n_outputs)
    found = NullLosses(loss.null_loss(targets, dataset.n_outputs), math.nan)
    if not len(validation):
        return found
    constant = np.tile(outputs, (len(validation), 1))
    losses = dataset.loss_on(validation).values(constant, dataset.standardized_targets(validation))
    return replace(found, validation=float(losses.mean()))


@dataclass(frozen=True)
class Verdict:
    """What a moment does, with its two losses on the training scale.

    ``best`` is the moment it is compared with; None where it is worse than the model without inputs, whose validation
    loss is ``null_loss``. ``rule`` is that of a sweep by which its λ is recommended, such as "λ_best"; empty where it
    is not, or nothing was swept.
    """

    kind: Literal["overfitting", "underfitting"]
    train_loss: float
    validation_loss: float
    best: BestMoment | None
    null_loss: float
    rule: str = ""


def verdict_on(snapshot: TrainSnapshot, best: BestMoment | None, null: NullLosses) -> Verdict | None:
    """By the rule above; None where nothing can be said. ``best`` is that of the run so far."""
    train, validation = snapshot.train_loss, snapshot.validation_loss
    if not (math.isfinite(train) and math.isfinite(validation)) or snapshot.has_diverged:
        return None
    if best is not None and validation >= CLEARLY * best.validation_loss and math.isfinite(best.train_loss):
        if train < best.train_loss:
            return Verdict("overfitting", train, validation, best, null.validation)
        is_held_back = snapshot.settings.effective_lam > best.lam or snapshot.is_collapsed
        if train >= CLEARLY * best.train_loss and is_held_back:
            return Verdict("underfitting", train, validation, best, null.validation)
    if train < null.train and validation > null.validation:
        return Verdict("overfitting", train, validation, None, null.validation)
    return None
