"""What topics show beside their words: drawn, not measured, but for what follows from a formula."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from regdesk.views.explain.pane import Pane
from regdesk.views.kit import theme

LEFT, RIGHT, MIDDLE = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignHCenter
GAP_PX = 10.0
AROUND = [2.0 * math.pi * number / 120 for number in range(121)]
THRESHOLD, SHRINKAGE = 0.5, 0.8
"""Of the step that is drawn."""
CENTRE, STEEPNESS = (0.55, 1.75), (1.0, 0.8)
"""Of the loss whose contours touch diamond and disc of budget 1."""


def _columns(room: QRectF, n_columns: int) -> list[QRectF]:
    width = (room.width() - GAP_PX * (n_columns - 1)) / n_columns
    return [
        QRectF(room.left() + number * (width + GAP_PX), room.top(), width, room.height()) for number in range(n_columns)
    ]


def _slopes(painter: QPainter, room: QRectF) -> None:
    """|w| and ½w², and how hard each pulls."""
    first, second = _columns(room, 2)
    green = theme.colours().penalty
    height = Pane(painter, first, (-1.6, 1.6), (-0.1, 1.5), "penalty of w")
    height.axes()
    height.line([(-1.5, 1.5), (0.0, 0.0), (1.5, 1.5)], green)
    height.curve(lambda w: 0.5 * w * w, green, is_dashed=True)
    height.label(-0.75, 1.2, "L1", green, LEFT)
    height.label(1.05, 0.3, "L2", green, LEFT)
    pull = Pane(painter, second, (-1.6, 1.6), (-1.5, 1.5), "its slope")
    pull.axes()
    pull.line([(-1.6, -1.0), (0.0, -1.0), (0.0, 1.0), (1.6, 1.0)], green)
    pull.curve(lambda w: w, green, is_dashed=True)
    pull.label(-0.15, 1.0, "L1: λ", green, RIGHT)
    pull.label(1.6, -0.5, "L2: λw", green, RIGHT)


def _steps(painter: QPainter, room: QRectF) -> None:
    """What the penalty makes of u."""
    colours = theme.colours()
    first, second = _columns(room, 2)
    for place, name in ((first, "L1"), (second, "L2")):
        pane = Pane(painter, place, (-1.5, 1.5), (-1.3, 1.3), f"{name}: w′ over u")
        pane.axes()
        pane.curve(lambda u: u, colours.zero, is_dashed=True)
        if name == "L1":
            pane.curve(lambda u: math.copysign(max(abs(u) - THRESHOLD, 0.0), u), colours.penalty)
            pane.label(THRESHOLD, -0.25, "τ", colours.penalty, MIDDLE)
            pane.label(-THRESHOLD, 0.22, "−τ", colours.penalty, MIDDLE)
            pane.dot(THRESHOLD, 0.0, colours.penalty)
            pane.dot(-THRESHOLD, 0.0, colours.penalty)
        else:
            pane.curve(lambda u: u / (1.0 + SHRINKAGE), colours.penalty)


def _loss(w1: float, w2: float) -> float:
    return 0.5 * (STEEPNESS[0] * (w1 - CENTRE[0]) ** 2 + STEEPNESS[1] * (w2 - CENTRE[1]) ** 2)


def touching(is_diamond: bool) -> tuple[float, float]:
    """The point of the edge, of budget 1, with the least loss."""
    edge = [_edge(angle, is_diamond) for angle in (2.0 * math.pi * number / 7200 for number in range(7200))]
    return min(edge, key=lambda one: _loss(*one))


def _edge(angle: float, is_diamond: bool) -> tuple[float, float]:
    across, up = math.cos(angle), math.sin(angle)
    size = abs(across) + abs(up) if is_diamond else 1.0
    return across / size, up / size


def _balls(painter: QPainter, room: QRectF) -> None:
    """Contours of one loss, and where they first touch a diamond and a disc."""
    colours = theme.colours()
    for place, name, is_diamond in zip(_columns(room, 2), ("L1", "L2"), (True, False), strict=True):
        # As far across as up: a disc is round.
        reach = 3.95 * place.width() / max(place.height() - painter.fontMetrics().height(), 1.0)
        pane = Pane(painter, place, (-0.5 * reach + 0.3, 0.5 * reach + 0.3), (-1.15, 2.8), name)
        pane.axes()
        corners = [(1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0)]
        pane.area(corners if is_diamond else [(math.cos(a), math.sin(a)) for a in AROUND], colours.penalty)
        point = touching(is_diamond)
        for share in (1.0, 0.45, 0.12):
            level = share * _loss(*point)
            across, up = (math.sqrt(2.0 * level / steepness) for steepness in STEEPNESS)
            ring = [(CENTRE[0] + across * math.cos(a), CENTRE[1] + up * math.sin(a)) for a in AROUND]
            pane.line(ring, colours.training)
        pane.dot(*point, colours.text)
        # Which of the two it is, beside the edge and the contours.
        pane.label(-0.2, 1.25, "w₁ = 0" if is_diamond else "w₁ ≠ 0", colours.text, RIGHT)


def _twins(painter: QPainter, room: QRectF) -> None:
    """Two inputs that are nearly the same under four penalties."""
    colours = theme.colours()
    kinds = {"none": (1.0, -0.55), "L1": (0.62, 0.0), "L2": (0.3, 0.32), "elastic net": (0.28, 0.3)}
    for place, (name, weights) in zip(_columns(room, 4), kinds.items(), strict=True):
        pane = Pane(painter, place, (0.0, 3.0), (-0.7, 1.1), name)
        pane.axes(vertical=None)
        for number, weight in enumerate(weights, start=1):
            if weight:
                pane.bar(number, weight, 0.6, colours.weights)
            else:
                pane.dot(number, 0.0, colours.zero, is_hollow=True)


def _training(epoch: float) -> float:
    return 0.08 + 0.9 * math.exp(-epoch / 1.6)


def _validation(epoch: float) -> float:
    return _training(epoch) + 0.06 + 0.011 * math.pow(epoch, 1.7)


def _turning(painter: QPainter, room: QRectF) -> None:
    """Losses over epochs: the validation loss turns up."""
    colours = theme.colours()
    pane = Pane(painter, room, (0.0, 13.0), (0.0, 1.1), "loss over epochs")
    pane.axes()
    pane.curve(_training, colours.training)
    pane.curve(_validation, colours.validation)
    pane.line([(8.0, _training(8.0)), (8.0, _validation(8.0))], colours.quiet_text)
    pane.label(7.8, 0.5 * (_training(8.0) + _validation(8.0)), "gap", colours.quiet_text, RIGHT)
    pane.label(12.9, _training(12.9) + 0.09, "training", colours.training, RIGHT)
    pane.label(11.0, _validation(12.9) + 0.06, "validation", colours.validation, RIGHT)


def _judged(place: float) -> float:
    return 0.3 + 0.05 * (place + 0.5) ** 2 + 0.02 * math.exp(place)


def _choice(painter: QPainter, room: QRectF) -> None:
    """Validation loss over λ: the lowest, and the largest λ within one standard error of it."""
    colours = theme.colours()
    pane = Pane(painter, room, (-3.4, 3.4), (0.1, 1.15), "validation loss over λ")
    pane.axes(horizontal=0.1, vertical=None)
    pane.curve(_judged, colours.validation, ends=(-3.2, 2.9))
    best = min((0.01 * number - 3.0 for number in range(600)), key=_judged)
    error = 0.1
    limit = _judged(best) + error
    sparser = max(place for place in (0.01 * number - 3.0 for number in range(600)) if _judged(place) <= limit)
    pane.line([(best, _judged(best)), (best, limit)], colours.validation)
    pane.label(0.5 * (best + sparser), limit + 0.07, "1 SE", colours.quiet_text, MIDDLE)
    pane.line([(best, limit), (sparser, limit)], colours.quiet_text, is_dashed=True)
    for place, name in ((best, "best"), (sparser, "1se")):
        pane.dot(place, _judged(place), colours.lam)
        pane.label(place, _judged(place) - 0.12, name, colours.lam, MIDDLE)


def _priors(painter: QPainter, room: QRectF) -> None:
    """Gauss and Laplace of one variance."""
    colours = theme.colours()
    for place, name, density in zip(
        _columns(room, 2),
        ("L1: Laplace", "L2: Gauss"),
        (lambda w: math.sqrt(0.5) * math.exp(-math.sqrt(2.0) * abs(w)), lambda w: 0.3989 * math.exp(-0.5 * w * w)),
        strict=True,
    ):
        pane = Pane(painter, place, (-3.5, 3.5), (0.0, 0.75), name)
        pane.axes()
        pane.curve(density, colours.penalty)


PICTURES: dict[str, Callable[[QPainter, QRectF], None]] = {
    "slopes": _slopes,
    "steps": _steps,
    "balls": _balls,
    "twins": _twins,
    "turning": _turning,
    "choice": _choice,
    "priors": _priors,
}
"""Each draws itself into a rectangle; a topic's picture of another name is a formula."""
IN_WORDS = {
    "slopes": "Two curves: the L1 penalty is a V with a corner at zero, L2 a parabola. Their slopes: L1's jumps at "
    "zero from −λ to λ, L2's is a line through zero.",
    "steps": "What the penalty makes of a weight: L1 moves it to zero by τ, and everything between −τ and τ to exactly "
    "zero; L2 is a flatter line through zero.",
    "balls": "Contours of a loss touch the diamond of L1 at its corner, where one weight is zero, and the disc of L2 "
    "beside its axes.",
    "twins": "Weights of two inputs that are nearly the same: large and of opposite sign without a penalty, one of "
    "them zero under L1, both nearly equal under L2 and the elastic net.",
    "turning": "Over epochs the training loss falls and the validation loss turns up; the gap lies between them.",
    "choice": "The validation loss over λ is a valley: best is its lowest, 1se the largest λ one standard error above.",
    "priors": "The Laplace curve has a sharp peak at zero and heavier tails, the Gauss curve a round top.",
}
"""For who does not see them."""
