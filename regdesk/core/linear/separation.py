"""Whether classes can be told apart by a line, so that without a penalty there is no best linear model.

Albert & Anderson (1984): the likelihood has a maximum if and only if no direction of weights and biases moves every
row to its own side or leaves it, and moves at least one. By Stiemke's lemma there is then a positive number for each
row with which the rows of the system add up to 0: one or the other is found, and either is a proof.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from regdesk.core.quadratic.non_negative import non_negative_least_squares, shortest_within
from regdesk.core.types import Float64s, Integers

MOST_NAMED = 3
MOST_PRUNED_INPUTS = 40
MOST_CELLS = 20_000_000
"""Of the system, beyond which nothing is looked for: 160 MB."""
MOST_WIDEST_CELLS = 40_000
"""Of the system, up to which the widest margin is looked for: 0.2 s."""
ROUNDED = 1e-9
"""Margin, as a share of the largest, below which a row is neither moved to its side nor to the other."""


@dataclass(frozen=True, eq=False)
class Separation:
    """A direction along which the loss falls for ever.

    Attributes:
        weights: ``(n_inputs, n_outputs)``; ``biases`` ``(n_outputs,)``; the largest margin they give is 1.
        is_complete: every row is moved to its own side; else some rows are left as they are.
        inputs: numbers of the inputs that suffice for it; empty where they are too many to look for.
    """

    weights: Float64s
    biases: Float64s
    is_complete: bool
    inputs: tuple[int, ...]

    def of_columns(self, numbers: Integers, n_inputs: int) -> Separation:
        """The same among ``n_inputs`` inputs, of which those it was found in have these ``numbers``."""
        weights = np.zeros((n_inputs, self.weights.shape[1]))
        weights[numbers] = self.weights
        return replace(self, weights=weights, inputs=tuple(int(numbers[one]) for one in self.inputs))


def separation_of(
    inputs: Float64s,
    targets: Float64s,
    n_outputs: int,
    check: Callable[[], None] = lambda: None,
    hint: Float64s | None = None,
) -> Separation | None:
    """How ``inputs`` ``(n_rows, n_inputs)`` tell the classes ``targets`` ``(n_rows,)`` apart; None if not at all.

    ``check`` is called now and then, and may raise. ``hint`` ``(n_inputs + 1, n_outputs)``, weights and last biases of
    a model that may have been driven off, is tried first.
    """
    labels = targets.astype(np.int64)
    means = inputs.mean(axis=0)
    scales = inputs.std(axis=0)
    is_used = (inputs != inputs[:1]).any(axis=0) & (scales > 0.0)
    if not is_used.any():
        return None
    columns = (inputs[:, is_used] - means[is_used]) / scales[is_used]
    single = _single(columns, labels, n_outputs)
    chosen = np.arange(columns.shape[1]) if single is None else np.array([single])
    turned = None
    if hint is not None:
        turned = np.vstack([hint[:-1][is_used] * scales[is_used, np.newaxis], hint[-1:] + means @ hint[:-1]])
    found = _direction(columns[:, chosen], labels, n_outputs, check, turned if single is None else None)
    if found is None and single is not None:
        chosen = np.arange(columns.shape[1])
        found = _direction(columns, labels, n_outputs, check, turned)
    if found is None:
        return None
    if 1 < len(chosen) <= MOST_PRUNED_INPUTS:
        chosen, found = _pruned(columns, labels, n_outputs, chosen, found, check)
    weights = np.zeros((inputs.shape[1], n_outputs))
    places = np.flatnonzero(is_used)[chosen]
    weights[places] = found.weights / scales[places][:, np.newaxis]
    biases = found.biases - means @ weights
    names = places if len(chosen) <= MOST_PRUNED_INPUTS else places[:0]
    return Separation(weights, biases, found.is_complete, tuple(int(place) for place in names))


def _single(columns: Float64s, labels: Integers, n_outputs: int) -> int | None:
    """The number of a column that alone tells a class from all others; of several the one of the widest gap."""
    n_classes = max(n_outputs, 2)
    best, widest = None, -1.0
    for label in range(n_classes) if n_classes > 2 else (1,):
        own, others = columns[labels == label], columns[labels != label]
        if not len(own) or not len(others):
            continue
        gaps = np.maximum(own.min(axis=0) - others.max(axis=0), others.min(axis=0) - own.max(axis=0))
        number = int(gaps.argmax())
        # A gap of 0 is a value that rows of both have: it is quasi-separation if anything lies beyond it.
        if gaps[number] > widest and gaps[number] >= 0.0:
            best, widest = number, float(gaps[number])
    return best


def _system(columns: Float64s, labels: Integers, n_outputs: int) -> Float64s:
    """A row for each inequality, of as many columns as there are weights and biases, input by input."""
    rows = np.column_stack([columns, np.ones(len(labels))])
    if n_outputs == 1:
        return np.asarray(rows * np.where(labels == 1, 1.0, -1.0)[:, np.newaxis])
    n_rows, width = rows.shape
    numbers = np.arange(n_rows)
    parts = []
    for other in range(n_outputs):
        is_other = labels != other
        part = np.zeros((n_rows, width, n_outputs))
        part[numbers, :, labels] = rows
        part[:, :, other] -= rows
        parts.append(part[is_other].reshape(-1, width * n_outputs))
    return np.concatenate(parts)


def _direction(
    columns: Float64s,
    labels: Integers,
    n_outputs: int,
    check: Callable[[], None],
    hint: Float64s | None = None,
) -> Separation | None:
    n_rows, n_inputs = columns.shape
    if n_rows * max(n_outputs - 1, 1) * (n_inputs + 1) * n_outputs > MOST_CELLS:
        return None
    system = _system(columns, labels, n_outputs)
    direction = None if hint is None else hint.ravel()
    if direction is None or not (margins := system @ direction).min() > ROUNDED * margins.max():
        direction = stiemke_direction(system, check)
    if direction is None:
        return None
    margins = system @ direction
    if margins.min() <= ROUNDED * margins.max() and system.size <= MOST_WIDEST_CELLS:
        # The widest margin for every row (Boser, Guyon & Vapnik 1992), if all can be moved at all.
        widest = shortest_within(system, np.ones(len(system)))
        if widest is not None and (system @ widest).min() > 0.5:
            direction, margins = widest, system @ widest
    largest = float(margins.max())
    table = direction.reshape(n_inputs + 1, n_outputs) / largest
    is_complete = bool(margins.min() > ROUNDED * largest)
    return Separation(table[:-1], table[-1], is_complete, ())


def stiemke_direction(system: Float64s, check: Callable[[], None] = lambda: None) -> Float64s | None:
    """d with ``system`` d ≥ 0 and not 0, or None where there is none; ``system`` ``(n_inequalities, n_unknowns)``.

    The least of ‖Aᵀλ‖ over all λ ≥ 1, by an active set (Lawson & Hanson 1974, ch. 23): at the minimum d = Aᵀλ has
    A d ≥ 0, with 0 wherever λ > 1, and λ·A d = ‖d‖². So d is a direction, or it is 0 and λ proves that there is none.
    """
    lengths = np.linalg.norm(system, axis=1)
    rows = system[lengths > 0.0] / lengths[lengths > 0.0][:, np.newaxis]
    if not len(rows):
        return None
    # Unknowns that depend on each other, as softmax's, are turned into some that do not.
    basis = _row_space(rows)
    rows = rows @ basis
    if len(rows) <= rows.shape[1]:
        # No more inequalities than unknowns: all of them can be had at once.
        return np.asarray(basis @ np.linalg.lstsq(rows, np.ones(len(rows)), rcond=None)[0])
    offset = rows.sum(axis=0)
    enough = ROUNDED * max(1.0, float(np.linalg.norm(offset))) / len(rows)
    extra = non_negative_least_squares(rows.T, -offset, ROUNDED, enough, check)
    if extra is None:
        return None
    direction = offset + rows.T @ extra
    norm = float(np.linalg.norm(direction))
    if norm <= enough or float((rows @ direction).max()) <= ROUNDED * norm:
        return None
    return np.asarray(basis @ direction)


def _row_space(rows: Float64s) -> Float64s:
    """Orthonormal columns ``(n_unknowns, rank)`` that span the rows."""
    gram_side = rows if rows.shape[0] <= rows.shape[1] else np.linalg.qr(rows, mode="r")
    _, values, spanning = np.linalg.svd(gram_side, full_matrices=False)
    rank = int(np.count_nonzero(values > 1e-12 * values[0]))
    return np.asarray(spanning[:rank].T)


def _pruned(
    columns: Float64s,
    labels: Integers,
    n_outputs: int,
    chosen: Integers,
    found: Separation,
    check: Callable[[], None],
) -> tuple[Integers, Separation]:
    """Fewer inputs that separate as well: one after the other is left out, the least used first."""
    order = np.argsort(np.abs(found.weights).max(axis=1), kind="stable")
    for number in chosen[order]:
        fewer = chosen[chosen != number]
        if not len(fewer):
            break
        # A complete separation must not become a partial one.
        other = _direction(columns[:, fewer], labels, n_outputs, check)
        if other is not None and other.is_complete >= found.is_complete:
            chosen, found = fewer, other
    return chosen, found
