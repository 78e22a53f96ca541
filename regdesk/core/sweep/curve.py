"""What a sweep has found so far, as arrays that cross a thread and are drawn."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from regdesk.core.linear.cross_validation import SweepPoint
from regdesk.core.model.scoring import best_lambda, losses_to_choose_by, lowest, one_standard_error_lambda
from regdesk.core.model.shortfalls import Shortfall, WhyNoCriteria
from regdesk.core.sweep.network_findings import NetworkFindings
from regdesk.core.sweep.weight_path import PathFacts, WeightPath, path_of
from regdesk.core.types import Float64s, Integers, TrainSettings

NEAR = 1.01
"""As a ratio of two λ: so near an end of those that were swept, λ is that end."""
SAME = 1e-6
"""As a share: so near each other two losses are of one and the same model."""


@dataclass(frozen=True)
class SweepCurve:
    """The points done, by descending λ; arrays are ``(n_done,)`` unless they say otherwise.

    Attributes:
        settings: the penalty that was swept; its λ is not used.
        n_lambdas: points there will be; ``is_done`` when all are there or the sweep was cancelled.
        n_folds: 1 for the validation split.
        n_nonzero, converged: of the model of all rows.
        weights: ``(n_done, n_inputs, n_outputs)`` of that model, standardised; ``biases`` ``(n_done, n_outputs)``. Of a
            network they have no length: its parameters are in ``network``.
        accuracy, auroc: NaN for regression.
        best, one_standard_error: numbers of the points that the two rules choose among those done.
        degrees_of_freedom, aic, bic: of the model of all rows, NaN where not defined; ``no_criteria_reasons`` say
            why, or are None.
        lowest_aic, lowest_bic: numbers of the points done where they are lowest; None where none is defined.
        shortfalls: of each point, why it is not converged and which folds have no best model; empty where all is well.
        path: the weights with what their picture needs; None where nobody has said what they belong to.
        network: what only networks have; None for linear models.
    """

    settings: TrainSettings
    n_lambdas: int
    n_folds: int
    is_done: bool
    lambdas: Float64s
    train_loss: Float64s
    validation_loss: Float64s
    validation_se: Float64s
    accuracy: Float64s
    auroc: Float64s
    n_nonzero: Integers
    converged: NDArray[np.bool_]
    weights: Float64s
    biases: Float64s
    best: int
    one_standard_error: int
    degrees_of_freedom: Float64s
    aic: Float64s
    bic: Float64s
    lowest_aic: int | None
    lowest_bic: int | None
    no_criteria_reasons: tuple[WhyNoCriteria | None, ...]
    shortfalls: tuple[tuple[Shortfall, ...], ...]
    path: WeightPath | None = None
    network: NetworkFindings | None = None

    @property
    def is_still_falling(self) -> bool:
        """Whether the sweep is under way and its least λ done has the lowest validation loss, so that smaller ones may
        have much lower ones: no rule has chosen anything worth a name.
        """
        if self.is_done or (self.network is not None and self.lambdas[-1] <= NEAR * self.network.grid[-1]):
            return False
        # Above λ_collapse all losses are the same but for their last digits.
        return bool(self.validation_loss[-1] <= (1.0 + SAME) * self.validation_loss[self.best])

    @property
    def chosen(self) -> list[tuple[int, str]]:
        """The points that rules choose and their names, such as "λ_best = AIC" where two choose the same.

        Of a sweep that is under way they are what the rules choose so far, and the names say so; none are as long as
        its loss still falls.
        """
        if self.is_still_falling:
            return []
        so_far = "" if self.is_done else " so far"
        rules = (
            (self.best, "λ_best"),
            (self.one_standard_error, "λ_1se"),
            (self.lowest_aic, "AIC"),
            (self.lowest_bic, "BIC"),
        )
        names: dict[int, list[str]] = {}
        for number, name in rules:
            if number is not None:
                names.setdefault(number, []).append(name)
        return [(number, " = ".join(own) + so_far) for number, own in names.items()]

    @property
    def no_criteria(self) -> WhyNoCriteria | None:
        """Why no point has AIC and BIC; None where one has."""
        return None if self.lowest_aic is not None else self.no_criteria_reasons[-1]

    def cost_of(self, number: int) -> tuple[float, int]:
        """What a point costs against the best: loss as a share of it, and how many weights fewer it has.

        The share is infinite where the best has no loss and this one has.
        """
        least, loss = float(self.validation_loss[self.best]), float(self.validation_loss[number])
        return extra_share(least, loss), int(self.n_nonzero[self.best] - self.n_nonzero[number])

    def rule_at(self, lam: float) -> str:
        """The rule by which a whole sweep recommends ``lam``, "λ_best" or "λ_1se"; empty where neither does.

        λ_best only where no λ has a lower loss: one without a best model at its end is not chosen, however low it is.
        """
        if not self.is_done:
            return ""
        for number, name in ((self.best, "λ_best"), (self.one_standard_error, "λ_1se")):
            own = float(self.lambdas[number])
            is_there = lam == own or (lam > 0.0 < own and own / NEAR <= lam <= own * NEAR)
            if is_there and self.validation_loss[self.best] <= np.nanmin(self.validation_loss):
                return name
        return ""

    def validation_loss_at(self, lam: float) -> float | None:
        """Linear over log λ between two λ that are there; None at a λ that was not swept past."""
        order = np.argsort(self.lambdas)
        lambdas, losses = self.lambdas[order], self.validation_loss[order]
        # An end that was typed with fewer digits is that end. λ = 0 is on no logarithmic axis.
        if not (len(lambdas) and lam > 0.0 and lambdas[0] / NEAR <= lam <= lambdas[-1] * NEAR):
            return None
        lambdas, losses = lambdas[lambdas > 0.0], losses[lambdas > 0.0]
        return float(np.interp(math.log(lam), np.log(lambdas), losses)) if len(lambdas) else None


def nearest_lambda(lambdas: Sequence[float], wanted: float) -> int:
    """The number of the one of ``lambdas`` that is nearest to ``wanted`` in ratio; λ = 0 is near to itself alone."""
    if wanted in lambdas:
        return lambdas.index(wanted)
    if wanted <= 0.0:
        return int(np.argmin(lambdas))
    ratios = [abs(math.log(lam / wanted)) if lam > 0.0 else math.inf for lam in lambdas]
    return int(np.argmin(ratios))


def extra_share(least: float, loss: float) -> float:
    """How far ``loss`` is above ``least``, as a share of it; infinite above 0."""
    if least > 0:
        return loss / least - 1.0
    return math.inf if loss > least else 0.0


def curve_of(
    points: Sequence[SweepPoint],
    settings: TrainSettings,
    n_lambdas: int,
    n_folds: int,
    is_done: bool,
    facts: PathFacts | None = None,
) -> SweepCurve:
    """A frozen copy of what ``points`` (at least one) say."""

    def column(name: str) -> Float64s:
        return np.array([getattr(point, name) for point in points], dtype=np.float64)

    lambdas, losses, errors = column("lam"), column("validation_loss"), column("validation_se")
    aic, bic, choosable = column("aic"), column("bic"), losses_to_choose_by(points)
    return SweepCurve(
        settings=settings,
        n_lambdas=n_lambdas,
        n_folds=n_folds,
        is_done=is_done,
        lambdas=lambdas,
        train_loss=column("train_loss"),
        validation_loss=losses,
        validation_se=errors,
        accuracy=column("accuracy"),
        auroc=column("auroc"),
        n_nonzero=np.array([point.model.n_nonzero for point in points], dtype=np.int64),
        converged=np.array([point.model.converged for point in points], dtype=np.bool_),
        weights=np.array([point.model.weights for point in points]),
        biases=np.array([point.model.biases for point in points]),
        best=best_lambda(lambdas, choosable),
        one_standard_error=one_standard_error_lambda(lambdas, choosable, errors),
        degrees_of_freedom=column("degrees_of_freedom"),
        aic=aic,
        bic=bic,
        lowest_aic=lowest(lambdas, aic),
        lowest_bic=lowest(lambdas, bic),
        no_criteria_reasons=tuple(point.no_criteria for point in points),
        shortfalls=tuple(point.shortfalls for point in points),
        path=path_of([point.model for point in points], facts) if facts is not None else None,
    )
