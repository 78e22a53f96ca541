"""The pictures of a sweep for print: losses against λ, and the weights along λ."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from regdesk.core.report.drawing import (
    CHOSEN,
    INK,
    INPUTS,
    PAPER,
    QUIET,
    TRAINING,
    VALIDATION,
    Drawing,
    Frame,
    Scale,
    apart,
    cut,
    range_of,
)
from regdesk.core.report.values import Picture
from regdesk.core.sweep.curve import SweepCurve
from regdesk.core.sweep.weight_path import WeightPath
from regdesk.core.types import Float64s

WIDTH, HEIGHT = 720, 300
_LEFT, _TOP, _BOTTOM = 70, 40, 50
_LABELS_PX = 190
_NEAR_PX = 16.0
"""Between the end of a curve and its name, without a line that leads to it."""
MOST_NAMED = 12
"""Curves that bear their names."""
FEW_POINTS = 12
"""Of a curve: each is marked, and a single one would else not be seen."""
_DASHES = ("", "6 3", "2 3")


def loss_picture(curve: SweepCurve, chosen: float) -> Picture:
    """Training and validation loss against λ, with one standard error, and the λ that matter; ``chosen`` is in use."""
    drawing = Drawing(WIDTH, HEIGHT, "Losses against λ")
    lambdas = _above_zero(curve.lambdas, _zero(curve.lambdas, chosen))
    losses = [curve.train_loss, curve.validation_loss - _known(curve), curve.validation_loss + _known(curve)]
    frame = _frame(drawing, curve.lambdas, chosen, range_of(losses), "loss")
    places = frame.x.places(lambdas).tolist()
    low, high = (frame.y.places(one).tolist() for one in losses[1:])
    drawing.area(places, low, high, VALIDATION)
    ends: list[tuple[float, float, str, str]] = []
    for values, colour, name in (
        (curve.train_loss, TRAINING, "training"),
        (curve.validation_loss, VALIDATION, "validation ± SE"),
    ):
        tops = _finite_places(frame.y, values)
        drawing.line(places, tops, colour, 2.0)
        if len(tops) <= FEW_POINTS:
            drawing.dots(np.array(places), np.array(tops), colour, 3.0, 1.0)
        # λ descend, so that the first point stands at the right.
        sound = next((one for one in zip(places, tops, strict=True) if np.isfinite(one[1])), None)
        if sound is not None:
            ends.append((*sound, name, colour))
    for top, (left, own, name, colour) in zip(apart([one[1] for one in ends], _TOP, frame.y.begin), ends, strict=True):
        if frame.x.end - left > _NEAR_PX or abs(top - own) > _NEAR_PX:
            # The curve ends far from its name: λ in use lies beyond the sweep, or names would stand on each other.
            drawing.line([left + 4, frame.x.end + 3], [own, top], colour, 1.0, "1 3")
        drawing.words(frame.x.end + 6, top + 4, name, colour)
    marks = [(float(curve.lambdas[curve.best]), "λ_best"), (float(curve.lambdas[curve.one_standard_error]), "λ_1se")]
    _mark(drawing, frame, marks, chosen, _zero(curve.lambdas, chosen))
    how = f"{curve.n_folds} folds" if curve.n_folds > 1 else "the validation rows"
    caption = (
        f"Loss against λ, on {how}. The band is one standard error of the validation loss to either side; "
        "λ_best has the lowest, λ_1se is the largest λ within one standard error of it."
    )
    return Picture(drawing.svg(), WIDTH, HEIGHT, caption)


def path_picture(curve: SweepCurve, path: WeightPath, chosen: float) -> Picture:
    """Each input's weight along λ, standardised; the largest bear their names."""
    facts = path.facts
    is_norm = facts.is_network or path.weights.shape[2] > 1
    values = np.sqrt((path.weights**2).sum(axis=2)) if is_norm else path.weights[:, :, 0]
    drawing = Drawing(WIDTH, HEIGHT, "Weights along λ")
    lambdas = _above_zero(path.lambdas, _zero(path.lambdas, chosen))
    what = "size of the weights" if is_norm else "standardised weight"
    frame = _frame(drawing, path.lambdas, chosen, range_of([values], True), what)
    places = frame.x.places(lambdas).tolist()
    order = np.argsort(-np.abs(values).max(axis=0), kind="stable").tolist()
    for rank in reversed(range(len(order))):
        colour, dash = _hand(rank)
        own = _finite_places(frame.y, values[:, order[rank]])
        drawing.line(places, own, colour, 1.5, dash)
        if len(own) <= FEW_POINTS:
            drawing.dots(np.array(places), np.array(own), colour, 2.5, 1.0)
    named = order[:MOST_NAMED]
    # At the least λ, which stands at the left, the curves are furthest apart; their names stand at the right.
    tops = apart([frame.y.place(float(values[-1, number])) for number in named], _TOP, frame.y.begin)
    names = cut([facts.input_names[number] for number in named], _LABELS_PX - 38)
    for rank, (name, top) in enumerate(zip(names, tops, strict=True)):
        colour, dash = _hand(rank)
        drawing.line([frame.x.end + 6, frame.x.end + 22], [top, top], colour, 1.5, dash)
        drawing.words(frame.x.end + 27, top + 4, name, colour)
    marks = [(float(curve.lambdas[curve.best]), "λ_best"), (float(curve.lambdas[curve.one_standard_error]), "λ_1se")]
    _mark(drawing, frame, marks, chosen, _zero(curve.lambdas, chosen))
    size = "The size (Euclidean norm) of all weights that leave an input" if is_norm else "Each input's weight"
    left_out = f"; the {MOST_NAMED} largest of {len(order)} bear their names" if len(order) > MOST_NAMED else ""
    caption = f"{size} along λ, on the standardised scale, of the model of all rows that are not held back{left_out}."
    return Picture(drawing.svg(), WIDTH, HEIGHT, caption)


def _frame(drawing: Drawing, lambdas: Float64s, chosen: float, values: tuple[float, float], y_name: str) -> Frame:
    """Axes for ``lambdas`` and for ``chosen``; where 0 is among them it has a place of its own at the left."""
    zero = _zero(lambdas, chosen)
    shown = _above_zero(np.append(lambdas, chosen), zero)
    low, high = float(shown.min()), float(shown.max())
    if high <= low * (1.0 + 1e-9):
        low, high = low / 10.0, high * 10.0
    # So that a mark at either end stands beside the axis.
    low, high = low / (high / low) ** 0.02, high * (high / low) ** 0.02
    x = Scale(low, high, _LEFT, WIDTH - _LABELS_PX, is_log=True)
    frame = Frame(drawing, x, Scale(*values, HEIGHT - _BOTTOM, _TOP))
    frame.draw("λ", y_name)
    if (lambdas == 0).any() or chosen == 0:
        place = x.place(zero)
        drawing.box(place - 32, frame.y.begin + 5, 64, 15, PAPER)
        drawing.words(place, frame.y.begin + 17, "0", QUIET, "middle")
    return frame


def _mark(drawing: Drawing, frame: Frame, marks: Sequence[tuple[float, str]], chosen: float, zero: float) -> None:
    """Upright lines at the λ of ``marks`` and at ``chosen``, each with its name above."""
    names: dict[float, list[str]] = {}
    for lam, name in marks:
        names.setdefault(lam, []).append(name)
    names.setdefault(chosen, [])
    places = frame.x.places(_above_zero(np.array(list(names)), zero)).tolist()
    titles = [
        ", ".join(filter(None, (" = ".join(rules), "in this report" if lam == chosen else "")))
        for lam, rules in names.items()
    ]
    found = sorted(zip(places, names, titles, strict=True))
    widest = _LEFT - 8.0
    for place, lam, name in found:
        colour, dash = (CHOSEN, "") if lam == chosen else (QUIET, "4 3")
        drawing.line([place, place], [frame.y.begin, frame.y.end], colour, 1.4, dash)
        width = 7.0 * len(name)
        # A second line of words keeps neighbours apart.
        is_crowded = place - width / 2 < widest
        left = min(max(place, _LEFT + width / 2 - 8), WIDTH - width / 2 - 2)
        drawing.words(left, frame.y.end - (20 if is_crowded else 6), name, colour if lam == chosen else INK, "middle")
        if not is_crowded:
            widest = place + width / 2 + 4


def _hand(rank: int) -> tuple[str, str]:
    """Colour and dashes of the curve ``rank``."""
    return INPUTS[rank % len(INPUTS)], _DASHES[rank // len(INPUTS) % len(_DASHES)]


def _known(curve: SweepCurve) -> Float64s:
    return np.nan_to_num(curve.validation_se, nan=0.0, posinf=0.0)


def _finite_places(scale: Scale, values: Float64s) -> list[float]:
    found: list[float] = np.where(np.isfinite(values), scale.places(np.nan_to_num(values)), np.nan).tolist()
    return found


def _zero(lambdas: Float64s, chosen: float) -> float:
    """Where λ = 0 stands: a decade below the least other one."""
    others = [lam for lam in (*lambdas.tolist(), chosen) if lam > 0]
    return min(others, default=1.0) / 10.0


def _above_zero(lambdas: Float64s, zero: float) -> Float64s:
    return np.where(lambdas > 0, lambdas, zero)
