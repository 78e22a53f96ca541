"""The exact knots of the lasso of squared error: the λ at which an input enters the model, leaves it or returns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from regdesk.core.types import Float64s

TIE = 1e-9
"""Share of λ within which two knots are one: then which comes first is not known."""
LEAST_OWN_SHARE = 1e-9
"""Of an input's variance, what the inputs in the model must leave of it: below, its weight is not determined."""
COPY = 1e-12
"""What the correlation of two copies may lack of 1 by rounding."""
MOST_ACTIVE = 1000
"""Inputs in the model; the next knot would take longer than a person waits for a cancelled sweep."""
MOST_WORK = 6e9
"""Multiplications in all, one or two seconds."""


@dataclass(frozen=True)
class Knot:
    """Where the number of an input joins the inputs of the model along descending λ, or leaves them."""

    lam: float
    number: int
    is_entry: bool


class LassoKnots:
    """Follows the path from λ_max down, from knot to knot (Efron et al. 2004, §3.1; Rosset & Zhu 2007).

    Between two knots the weights w_A of the inputs in the model are G_AA⁻¹(b_A − λ s_A), a straight line in λ, and so
    are the pulls c = b − G w of all inputs. The next knot is where a weight meets 0, or the pull of another input ±λ.

    Of inputs that are copies of each other, one column given twice or mirrored, one may bear the weight of all:
    the one of the largest ``preference``; the others are in ``copies``. Where else the path is not unique, or more
    than one thing happens at one λ, it stops: ``reached`` is the λ above which ``found`` is complete.
    """

    def __init__(self, inputs: Float64s, targets: Float64s, lowest: float, preference: Float64s | None = None) -> None:
        """``inputs`` ``(n_rows, n_inputs)``, ``targets`` ``(n_rows,)``, ``preference`` ``(n_inputs,)``.

        No knot below ``lowest`` is looked for.
        """
        self._inputs, self._means, self._lowest = inputs, inputs.mean(axis=0), lowest
        self._products = inputs.T @ (targets - targets.mean()) / len(targets)
        self._gram = np.empty((len(self._products), 0))
        self._columns: dict[int, int] = {}
        self._active: list[int] = []
        self._signs: list[float] = []
        self._newest: Knot | None = None
        self._left_sign = 0.0
        self._work = float(inputs.size)
        self._is_over = False
        self._preference = np.zeros(len(self._products)) if preference is None else preference
        self.found: list[Knot] = []
        self.copies: list[int] = []
        self.reached = np.inf

    def advance(self) -> bool:
        """Find the next knot; whether there was one. A place to stop between two of them."""
        if self._is_over:
            return False
        with np.errstate(all="ignore"):
            is_found = self._advance()
        self._is_over = not is_found
        return is_found

    def _advance(self) -> bool:
        lines = self._lines()
        if lines is None:
            return False
        at_zero, slopes, minus_gradient, pull_slopes = lines
        active = np.array(self._active, dtype=np.int64)
        joins = self._joins(minus_gradient, pull_slopes, active)
        leaves = np.where(slopes != 0.0, at_zero / slopes, -np.inf)
        if self._newest is not None and self._newest.is_entry:
            # It was at 0 when it entered.
            leaves[-1] = -np.inf
        # A weight that moves away from 0 met it above.
        leaves[leaves > self.reached * (1.0 + TIE)] = -np.inf
        ends = np.concatenate([leaves, joins.max(axis=0)])
        first = int(np.argmax(ends))
        lam = float(ends[first])
        if not np.isfinite(lam) or lam < self._lowest:
            self.reached = self._lowest
            return False
        tied = np.flatnonzero(ends > lam * (1.0 - TIE))
        if lam > self.reached * (1.0 - TIE) or (len(tied) > 1 and not self._are_copies(tied - len(active))):
            self.reached = min(self.reached, lam)
            return False
        if len(tied) > 1:
            first = int(tied[np.argmax(self._preference[tied - len(active)])])
            self.copies += [int(one) - len(active) for one in tied if one != first]
        self.reached = lam
        if first < len(active):
            self._newest = Knot(lam, self._active.pop(first), False)
            self._left_sign = self._signs.pop(first)
        else:
            number = first - len(active)
            self._newest = Knot(lam, number, True)
            self._active.append(number)
            self._signs.append(1.0 if joins[0, number] >= joins[1, number] else -1.0)
        self.found.append(self._newest)
        return True

    def _lines(self) -> tuple[Float64s, Float64s, Float64s, Float64s] | None:
        """w_A = u − λ d and c = p + λ q as u, d ``(n_active,)`` and p, q ``(n_inputs,)``; None where not determined."""
        n_active, n_inputs = len(self._active), len(self._products)
        self._work += n_active**3 + 4.0 * n_inputs * n_active
        if n_active > MOST_ACTIVE or self._work > MOST_WORK:
            return None
        if not n_active:
            empty = np.empty(0)
            return empty, empty, self._products, np.zeros(n_inputs)
        gram = self._gram_columns()
        inner = gram[self._active]
        last = np.zeros(n_active)
        last[-1] = 1.0
        right = np.column_stack([self._products[self._active], self._signs, last])
        try:
            solved = np.linalg.solve(inner, right)
        except np.linalg.LinAlgError:
            return None
        at_zero, slopes, inverse = solved.T
        # The last of the inverse's diagonal is one over what the other inputs leave of that input's variance.
        if not (np.isfinite(solved).all() and inverse[-1] * inner[-1, -1] * LEAST_OWN_SHARE < 1.0 and inverse[-1] > 0):
            return None
        newest = self._newest
        if newest is not None and newest.is_entry and slopes[-1] * self._signs[-1] <= 0:
            return None
        pull_slopes = gram @ slopes
        if newest is not None and not newest.is_entry and pull_slopes[newest.number] * self._left_sign <= 1.0:
            return None
        return at_zero, slopes, self._products - gram @ at_zero, pull_slopes

    def _joins(self, minus_gradient: Float64s, slopes: Float64s, active: np.ndarray) -> Float64s:
        """The λ at which the pull of each input is λ, and −λ, ``(2, n_inputs)``; −∞ where it is so nowhere below."""
        joins = np.array([minus_gradient / (1.0 - slopes), -minus_gradient / (1.0 + slopes)])
        joins[:, active] = -np.inf
        if np.isfinite(self.reached):
            # A pull that is at ±λ where it should be below is a tie; one that was so further up comes from there.
            is_tied = np.abs(minus_gradient + self.reached * slopes) > self.reached * (1.0 - TIE)
            joins[:, ~is_tied] = np.where(joins[:, ~is_tied] >= self.reached, -np.inf, joins[:, ~is_tied])
            joins[:, is_tied] = self.reached
            joins[:, active] = -np.inf
            joins[:, self.copies] = -np.inf
            if self._newest is not None and not self._newest.is_entry:
                number, sign = self._newest.number, self._left_sign
                lam = (
                    -minus_gradient[number] / (1.0 + slopes[number])
                    if sign > 0
                    else minus_gradient[number] / (1.0 - slopes[number])
                )
                joins[:, number] = -np.inf
                joins[1 if sign > 0 else 0, number] = lam if lam < self.reached else -np.inf
        joins[~(joins > 0)] = -np.inf
        return joins

    def _are_copies(self, numbers: np.ndarray) -> bool:
        """Whether these inputs are one and the same but for their sign; negative numbers are no inputs."""
        if (numbers < 0).any():
            return False
        columns = self._inputs[:, numbers] - self._means[numbers]
        lengths = np.sqrt(np.square(columns).sum(axis=0))
        return bool((np.abs(columns.T @ columns[:, 0]) >= (1.0 - COPY) * lengths * lengths[0]).all())

    def _gram_columns(self) -> Float64s:
        """XᵀX_A/n ``(n_inputs, n_active)``; each column is made when its input enters for the first time."""
        n_rows = len(self._inputs)
        for number in self._active:
            if number not in self._columns:
                self._work += self._inputs.size
                place = self._columns[number] = len(self._columns)
                if place == self._gram.shape[1]:
                    room = np.empty((len(self._products), max(16, place)))
                    self._gram = np.concatenate([self._gram, room], axis=1)
                # What is left of a centred column has the sum 0: the others need not be centred.
                self._gram[:, place] = self._inputs.T @ (self._inputs[:, number] - self._means[number]) / n_rows
        return np.asarray(self._gram[:, [self._columns[number] for number in self._active]])
