"""All that a calculator shows of one point: the answer, what each column adds to it, and how it goes along columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from regdesk.core.fitted.calculator_model import CalculatorModel
from regdesk.core.fitted.contributions import contributions
from regdesk.core.fitted.points import Point, PointRows
from regdesk.core.fitted.profiles import Profile, profiles
from regdesk.core.types import Float64s


@dataclass(frozen=True, eq=False)
class Calculation:
    """What a model answers at one point.

    Attributes:
        model: who answers.
        point: what was asked.
        answer: ``(n_answers,)``: the value in the unit of the target, or the probability of each class; NaN with a
            ``fault``.
        additions: ``(n_columns, n_answers)``, the change of the answer when a column alone is set to its training mean.
        profiles: of the columns that were asked for, by their numbers.
        fault: why there is no prediction, as a sentence; empty where there is one.
    """

    model: CalculatorModel
    point: Point
    answer: Float64s
    additions: Float64s
    profiles: Mapping[int, Profile]
    fault: str = ""

    @property
    def likeliest(self) -> int:
        """The number of the class with the largest probability; 0 for regression."""
        return 0 if self.fault else int(np.argmax(self.answer))


def calculate(model: CalculatorModel, point: Point, columns: Sequence[int]) -> Calculation:
    """The answer at ``point``, with the profiles of ``columns``. Raises ValueError when it is no point of the model."""
    applied = model.encoding.apply(PointRows(model.encoding, [point]))
    n_answers = max(len(model.classes), 1)
    if applied.faults:
        nothing = np.full(n_answers, np.nan), np.full((model.n_columns, n_answers), np.nan)
        return Calculation(model, point, *nothing, {}, applied.faults[0].sentence)
    inputs = applied.inputs[0]
    presents = {column: _number(point[column]) for column in columns}
    return Calculation(
        model,
        point,
        model.answers(applied.inputs)[0],
        contributions(model, inputs),
        profiles(model, inputs, columns, presents),
    )


def _number(cell: float | str | None) -> float | None:
    return None if isinstance(cell, str) or cell is None else float(cell)
