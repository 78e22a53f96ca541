"""Degrees of freedom of a linear model, and what AIC and BIC make of them, at every λ of a path.

Squared error: AIC = n log(RSS/n) + 2 df and BIC = n log(RSS/n) + log(n) df, a Gaussian likelihood at its own estimate
of the variance, without the constants of the data (Burnham & Anderson 2002, 2.2; Hastie et al. 2009, 7.5 and 7.7). RSS
is in the units that the model was trained in: others add the same to every λ. Classes: AIC = 2 n loss + 2 df.

df counts the biases that are free, and of the weights under

- L1 those that are not zero (Zou, Hastie & Tibshirani 2007), or the rank of their inputs where that is less
  (Tibshirani & Taylor 2012, theorem 2);
- L2 Σ d/(d + λ) over the eigenvalues d of XᵀX/n, the trace of the hat matrix (Hastie et al. 2009, eq. 3.50);
- elastic net the same sum over the inputs whose weights are not zero (Tibshirani & Taylor 2012, example 4).

Where rows have weights n is Σ w, the number of rows that they count as.

Of classes the Hessian of the mean loss by the weights takes the place of XᵀX/n (Gray 1992); under L1 weights are
counted (Park & Hastie 2007).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from regdesk.core.linear.path import MOST_GRAM_INPUTS
from regdesk.core.linear.problem import LinearProblem
from regdesk.core.linear.solution import LinearSolution
from regdesk.core.model.class_hessian import class_hessian
from regdesk.core.model.losses import class_probabilities
from regdesk.core.model.shortfalls import NoCriteria, TooManyWeights, WhyNoCriteria
from regdesk.core.types import Float64s

Booleans = NDArray[np.bool_]

MOST_WEIGHTS = 600
"""Eigenvalues of as many take 15 ms, at every λ. Under L2 and squared error they are the same at all, and cost once."""
MOST_JUDGED_AT_ONCE = 1000
"""Inputs of which a factorisation takes 40 ms, in which nothing can be given up."""
PERFECT_SHARE = 1e-10
"""Of the null model's loss: what is left below it is rounding, and no estimate of a variance."""
PIVOT_SHARE = 1e-10
"""A squared pivot below this share of its input's square: the input is a sum of those before it."""


@dataclass(frozen=True)
class Information:
    """Of one model; NaN what is not defined, and then ``unavailable_reason`` says why."""

    degrees_of_freedom: float
    aic: float
    bic: float
    unavailable_reason: WhyNoCriteria | None = None


class InformationCriteria:
    """Judges the models along one path of ``problem``, whose rows are those that they were trained on.

    ``gram``: XᵀX/n of the centred rows ``(n_inputs, n_inputs)``, where somebody has it already; ``are_independent``:
    whether somebody has found that no input is nearly a sum of others.
    """

    def __init__(self, problem: LinearProblem, gram: Float64s | None = None, are_independent: bool = False) -> None:
        self._problem, self._gram = problem, gram
        self._n_rows, self._n_inputs = problem.inputs.shape
        self._last_active: Booleans | None = None
        self._last_values: Float64s = np.empty(0)
        self._are_all_independent: bool | None = True if are_independent else None
        self._last_judged: Booleans | None = None
        self._was_independent = False
        self._null_loss = problem.loss.null_loss(problem.targets, problem.n_outputs) if self._n_rows else 0.0
        # With some λ, as without any it would be none: groups of one weight are L1.
        self._penalty = replace(problem.penalty, lam=1.0).simplest

    def of(self, point: LinearSolution) -> Information:
        """What is so of ``point``, a solution of the problem."""
        n_rows, is_squared = self._problem.n_counted, self._problem.loss.kind == "squared"
        if not self._penalty.is_separable:
            return Information(math.nan, math.nan, math.nan, NoCriteria.GROUPED)
        own = self._of_weights(point, self._penalty.l1_share, (1.0 - self._penalty.l1_share) * point.lam)
        if math.isnan(own):
            return Information(math.nan, math.nan, math.nan, TooManyWeights(MOST_WEIGHTS))
        df = own + max(self._problem.n_outputs - 1, 1)
        loss = point.objective - point.lam * self._problem.penalty.value(point.weights.ravel())
        if is_squared and self._n_inputs + 1 >= n_rows:
            return Information(df, math.nan, math.nan, NoCriteria.WIDE)
        if df + 1.0 >= n_rows:
            return Information(df, math.nan, math.nan, NoCriteria.SATURATED)
        if not point.has_optimum:
            return Information(math.nan, math.nan, math.nan, NoCriteria.NO_OPTIMUM)
        if is_squared and loss <= PERFECT_SHARE * self._null_loss:
            return Information(df, math.nan, math.nan, NoCriteria.PERFECT)
        # The loss is half of a square: RSS/n is twice its mean.
        deviance = n_rows * math.log(2.0 * loss) if is_squared else 2.0 * n_rows * loss
        if not math.isfinite(deviance):
            return Information(df, math.nan, math.nan, NoCriteria.PERFECT)
        return Information(df, deviance + 2.0 * df, deviance + math.log(n_rows) * df)

    def _of_weights(self, point: LinearSolution, l1_ratio: float, l2: float) -> float:
        """Degrees of freedom without those of the biases; NaN where they would take too long."""
        is_active = point.weights != 0.0 if l1_ratio > 0 else np.ones_like(point.weights, dtype=bool)
        n_active = int(np.count_nonzero(is_active))
        if not n_active:
            return 0.0
        if self._problem.loss.kind != "squared":
            if l1_ratio == 1.0:
                # A shift of all classes' weights of an input changes no probability.
                most = max(self._problem.n_outputs - 1, 1)
                return float(np.minimum(is_active.sum(axis=1), most).sum())
            if n_active > MOST_WEIGHTS:
                return math.nan
            if not self._penalty.is_even:
                return self._trace(self._class_products(point, is_active), is_active, l2)
            return _shrunk(self._class_eigenvalues(point, is_active), l2)
        if l1_ratio == 1.0 and self._is_independent(is_active[:, 0]):
            return float(n_active)
        if l1_ratio > 0 and min(n_active, self._n_rows) > MOST_WEIGHTS:
            return math.nan
        if not self._penalty.is_even and l1_ratio < 1.0:
            return self._trace(self._gram_of(is_active[:, 0]), is_active, l2)
        return _shrunk(self._eigenvalues(is_active[:, 0]), l2)

    def _trace(self, products: Float64s, is_active: Booleans, l2: float) -> float:
        """tr P(P + λF)⁻¹ of the active weights' ``products``, where F are their penalty factors."""
        if len(products) > MOST_WEIGHTS:
            return math.nan
        ridges = (
            replace(self._penalty, lam=l2 / (1.0 - self._penalty.l1_share)).blocks(np.flatnonzero(is_active)).ridges
        )
        return float(np.trace(np.linalg.pinv(products + np.diag(ridges), rcond=1e-13, hermitian=True) @ products))

    def _rows_of(self, is_active: Booleans) -> Float64s:
        chosen = self._problem.inputs[:, is_active]
        return np.asarray(chosen - chosen.mean(axis=0))

    def _gram_of(self, is_active: Booleans) -> Float64s:
        """XᵀX/n of the centred inputs that are active."""
        if self._gram is None and self._n_inputs <= min(self._n_rows, MOST_GRAM_INPUTS):
            rows = self._rows_of(np.ones_like(is_active))
            self._gram = rows.T @ rows / self._n_rows
        if self._gram is not None:
            return self._gram[np.ix_(is_active, is_active)]
        rows = self._rows_of(is_active)
        return np.asarray(rows.T @ rows / self._n_rows)

    def _is_independent(self, is_active: Booleans) -> bool:
        """Whether no active input is a sum of others; taken for granted where looking would take too long."""
        n_active = int(np.count_nonzero(is_active))
        if n_active > MOST_WEIGHTS:
            return True
        if n_active >= self._n_rows:
            return False
        if self._are_all_independent is None:
            is_judged = self._n_inputs < self._n_rows and self._n_inputs <= MOST_JUDGED_AT_ONCE
            self._are_all_independent = is_judged and _has_pivots(self._gram_of(np.ones_like(is_active)))
        # What is left of an input after all those before it is no more than after some of them.
        if self._are_all_independent:
            return True
        if self._last_judged is None or not np.array_equal(is_active, self._last_judged):
            self._last_judged = is_active.copy()
            self._was_independent = _has_pivots(self._gram_of(is_active))
        return self._was_independent

    def _eigenvalues(self, is_active: Booleans) -> Float64s:
        """Of XᵀX/n of the active inputs, from the smaller of the two Gram matrices, those above 0."""
        if self._last_active is not None and np.array_equal(is_active, self._last_active):
            return self._last_values
        if np.count_nonzero(is_active) > self._n_rows:
            rows = self._rows_of(is_active)
            gram = rows @ rows.T / self._n_rows
        else:
            gram = self._gram_of(is_active)
        self._last_active, self._last_values = is_active.copy(), _above_rounding(np.linalg.eigvalsh(gram))
        return self._last_values

    def _class_eigenvalues(self, point: LinearSolution, is_active: Booleans) -> Float64s:
        return _above_rounding(np.asarray(np.linalg.eigvalsh(self._class_products(point, is_active)), np.float64))

    def _class_products(self, point: LinearSolution, is_active: Booleans) -> Float64s:
        """The Hessian by the active weights with the biases at their best, which is the Schur complement."""
        chosen = is_active.any(axis=1)
        inputs = self._problem.inputs[:, chosen]
        rows = np.column_stack([inputs - inputs.mean(axis=0), np.ones(self._n_rows)])
        outputs = self._problem.inputs @ point.weights + point.biases
        shares = self._problem.loss.shares
        hessian = class_hessian(rows, class_probabilities(outputs), self._problem.n_outputs, shares=shares)
        n_weights = hessian.shape[0] - self._problem.n_outputs
        active = np.flatnonzero(is_active[chosen].ravel())
        across = hessian[active, n_weights:]
        # A shift of all biases changes nothing: of three and more classes their block has no inverse.
        bias = np.linalg.pinv(hessian[n_weights:, n_weights:], hermitian=True)
        return np.asarray(hessian[np.ix_(active, active)] - across @ bias @ across.T)


def _has_pivots(gram: Float64s) -> bool:
    """Whether Cholesky's factorisation of ``gram`` has pivots that are no rounding."""
    try:
        pivots = np.square(np.diag(np.linalg.cholesky(gram)))
    except np.linalg.LinAlgError:
        return False
    return bool((pivots > PIVOT_SHARE * np.diag(gram)).all())


def _above_rounding(values: Float64s) -> Float64s:
    """Those of the ascending eigenvalues ``values`` that are not 0 to rounding."""
    least = len(values) * np.finfo(np.float64).eps * float(values[-1]) if len(values) else 0.0
    return np.asarray(values[values > max(least, 0.0)])


def _shrunk(values: Float64s, l2: float) -> float:
    """Σ d/(d + λ)."""
    return float(np.sum(values / (values + l2)))
