"""The next step of one weight: its formulas, their numbers, and what the penalty does to it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from regdesk.core.types import FULL_BATCH
from regdesk.core.words.explain.adding_up import digits_text
from regdesk.core.words.number_text import count_text, epoch_text, exact_text

if TYPE_CHECKING:
    from regdesk.core.run.next_step import WeightStep
    from regdesk.core.run.snapshot import TrainSnapshot
    from regdesk.core.types import TrainSettings

AT_REST = 0.01
"""Share of the optimiser's half up to which what the penalty leaves of it counts as none."""
LEAST_PLACES, MOST_PLACES = 4, 9
"""Decimals of a weight."""


@dataclass(frozen=True)
class StepRow:
    """One quantity: the sign that formulas have for it, what it is, and its number."""

    sign: str
    name: str
    number: str


@dataclass(frozen=True)
class StepStory:
    """``formulas`` are pictures, the optimiser's and the penalty's; ``verdict`` says what the penalty does."""

    formulas: tuple[str, str]
    rows: tuple[StepRow, ...]
    verdict: str
    notes: tuple[str, ...]


def step_story(step: WeightStep, snapshot: TrainSnapshot, n_train: float) -> StepStory:
    """Of a ``step`` of the model of ``snapshot``, which is trained on ``n_train`` rows."""
    settings = snapshot.settings
    acts = not step.is_bias and step.factor > 0.0 and settings.effective_lam > 0.0
    prox = f"prox-{settings.penalty}" if acts else "prox-none"
    return StepStory(
        (f"step-{settings.optimizer}", prox), _rows(step, settings, acts), _verdict(step, settings, acts),
        _notes(snapshot, n_train),
    )  # fmt: skip


def _rows(step: WeightStep, settings: TrainSettings, acts: bool) -> tuple[StepRow, ...]:
    places = _places(step)
    rows = [
        StepRow("w", "weight now" if not step.is_bias else "bias now", _weight_text(step.before, places)),
        StepRow("g", "slope of the data loss", digits_text(step.gradient)),
    ]
    if settings.optimizer != "sgd":
        rows.append(StepRow("ḡ", "running mean of slopes", digits_text(step.direction)))
    if settings.optimizer == "adam":
        rows.append(StepRow("d", "Adam's metric", digits_text(step.metric)))
    rows += [
        StepRow("η", "learning rate", exact_text(step.learning_rate)),
        StepRow("u", "after the optimiser", _weight_text(step.moved, places)),
    ]
    if acts:
        rows += _penalty_rows(step, settings)
    rows.append(StepRow("w′", "after the penalty", _weight_text(step.after, places)))
    return tuple(rows)


def _penalty_rows(step: WeightStep, settings: TrainSettings) -> list[StepRow]:
    rate = "ηλ/d" if settings.optimizer == "adam" else "ηλ"
    factor = f" × F {exact_text(step.factor)}" if step.factor != 1.0 else ""
    if step.group_size is not None:
        root = f"√{step.group_size}"
        return [
            StepRow("τ", f"threshold, {rate} × {root}{factor}", digits_text(step.threshold)),
            StepRow("s", f"length of its group of {step.group_size} after the step", digits_text(step.group_norm)),
        ]
    share, rows = settings.effective_l1_ratio, []
    if share > 0.0:
        part = f" × r {exact_text(share)}" if share < 1.0 else ""
        rows.append(StepRow("τ", f"threshold, {rate}{part}{factor}", digits_text(step.threshold)))
    if share < 1.0:
        part = f" × (1 − r) {exact_text(1.0 - share)}" if share > 0.0 else ""
        rows.append(StepRow("c", f"shrinkage, {rate}{part}{factor}", digits_text(step.shrinkage)))
    return rows


def _places(step: WeightStep) -> int:
    """Decimals by which the smallest of its moves has two digits."""
    moves = [abs(step.moved - step.before), abs(step.after - step.moved)]
    smallest = min((move for move in moves if move > 0.0), default=1.0)
    wanted = 1 - math.floor(math.log10(smallest)) if math.isfinite(smallest) else LEAST_PLACES
    return min(max(wanted, LEAST_PLACES), MOST_PLACES)


def _weight_text(value: float, places: int) -> str:
    if value == 0.0 or not math.isfinite(value):
        return digits_text(value)
    plain = f"{value:.{places}f}".replace("-", "−")
    return plain if abs(value) >= 10.0 ** (2 - places) else digits_text(value)


def _verdict(step: WeightStep, settings: TrainSettings, acts: bool) -> str:
    if not acts:
        if step.is_bias:
            why = "A bias is never penalised"
        elif settings.penalty == "none":
            why = "There is no penalty"
        else:
            why = "λ is 0" if settings.effective_lam == 0.0 else "Its input is never penalised (penalty factor 0)"
        return f"{why}: the optimiser's part is the whole step."
    if step.group_size is not None:
        return _group_verdict(step, step.group_size)
    words = _weight_verdict(step)
    moved = abs(step.moved - step.before)
    if step.after and abs(step.after - step.before) <= AT_REST * moved:
        words += " The two halves cancel: the weight is at rest."
    return words


def _weight_verdict(step: WeightStep) -> str:
    size, threshold = abs(step.moved), step.threshold
    if step.after == 0.0 and threshold > 0.0:
        numbers = f"|u| = {digits_text(size)} is no more than τ = {digits_text(threshold)}"
        if step.before == 0.0:
            return f"It stays exactly zero: {numbers}, so the penalty takes back all that the optimiser would give it."
        return f"The penalty sets it to exactly zero: {numbers}."
    if threshold == 0.0:
        return f"The penalty divides u by 1 + c: {_percent(step)} smaller, and not zero."
    taken = f"The penalty takes τ = {digits_text(threshold)} off |u|"
    if step.shrinkage > 0.0:
        taken += " and divides what is left by 1 + c"
    return f"{taken}: {_percent(step)} smaller. It would be zero if |u| were no more than τ."


def _group_verdict(step: WeightStep, size: int) -> str:
    members = f"all {size} weights of its group" if size > 1 else "the one weight of its group"
    if step.group_norm == 0.0:
        stays = "keeps" if step.before == 0.0 else "sets"
        return f"The penalty {stays} {members} at exactly zero: together they are no longer than the threshold."
    return f"The penalty shortens its group: u is multiplied by s/(s + τ), {_percent(step)} smaller. " + (
        "A group goes to zero as a whole or not at all."
    )


def _percent(step: WeightStep) -> str:
    share = 100.0 * (1.0 - abs(step.after) / abs(step.moved)) if step.moved else 0.0
    return f"{digits_text(share, 2)} %"


def _notes(snapshot: TrainSnapshot, n_train: float) -> tuple[str, ...]:
    settings, notes = snapshot.settings, [f"The step after epoch {epoch_text(snapshot.epoch)}; standardised units."]
    if settings.batch_size != FULL_BATCH and settings.batch_size < n_train:
        notes.append(
            f"A step takes the slope of {settings.batch_size:,} rows; these numbers are of all {count_text(n_train)}."
        )
    return tuple(notes)
