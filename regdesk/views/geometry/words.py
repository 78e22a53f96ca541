"""What the constraint geometry says: its sentence, and the values under the pointer."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from regdesk.core.words.number_text import number_text
from regdesk.core.words.plane_words import unavailable_text
from regdesk.core.words.settings_text import PENALTY_NAMES
from regdesk.core.words.zero_words import zero_words
from regdesk.views.geometry.compared_words import compared_sentence

if TYPE_CHECKING:
    from regdesk.core.geometry.view import GeometryView, PlaneLook

INVITATION = "The loss of your model over two of its weights, and the ball that the penalty allows them."
WHAT_IT_IS = (
    "The data loss over two weights, and the ball that the penalty allows them now: a diamond for L1, a disc for L2. "
    "Where a contour of the loss touches the ball, both have arrived: that is the optimum at this λ."
)
SHAPES = {"l1": "diamond", "l2": "disc", "elastic-net": "rounded diamond", "group-lasso": "ball"}

SENTENCE_END = ". "
NEAR_SHARE = 1e-3
"""Of λ, up to which the pull is the one that λ holds."""
FORMULAS = {"l1": "‖W‖₁", "l2": "½‖W‖₂²"}
"""What R is of all weights, where inputs have no penalty factors and it is short."""
LEAST_PULL = 1e-9
"""Rounding and the last steps of training have a direction, too, which says nothing: no arrow is drawn."""
NEARLY = 0.999
"""Cosine from which three digits of it say that contour and ball touch."""


def geometry_sentence(view: GeometryView) -> str:
    """What is to be seen, with the numbers."""
    note = unavailable_text(view.note)
    if len(view.looks) > 1:
        return compared_sentence(view)
    look = view.looks[0]
    picture = look.picture
    if look.penalty is None:
        first, second = look.shares
        return (
            f"The plane holds {_percent(first + second)} of the weights' way ({_percent(first)} across, "
            f"{_percent(second)} up); R(W) = {number_text(picture.budget)}"
        )
    if look.kind == "none":
        return "No penalty, no ball: the way leads to the least loss. Choose a penalty to see what it allows."
    head = f"{PENALTY_NAMES[look.kind]}, λ {number_text(look.lam)}: "
    if view.choice.is_sum:
        now = f"; now{_zeros(view)}" if _zeros(view) else ""
        return f"{head}contours of the sum J = data loss + λ × penalty; its least is the optimum{now}"
    own = _budget(view, look)
    residual = f"residual {number_text(picture.tangency.residual)}, 0 at the optimum"
    words = f"{head}{_meeting(view, look)}; {own}; {residual}"
    # The box of the readings says which one is drawn: why comes last, where a narrow panel has no room for it.
    return f"{words}. {note}" if note else words


def _budget(view: GeometryView, look: PlaneLook) -> str:
    """Whose R the ball has; away from the optimum that is not the t that belongs to λ."""
    picture, dial = look.picture, view.dial
    is_there = dial is not None and dial.is_exact and math.isclose(dial.budget, picture.budget, rel_tol=1e-3)
    formula = "" if dial is None or dial.has_factors else FORMULAS.get(look.kind, "")
    name = f"t = {formula}" if is_there and formula else "t" if is_there else formula or "R(W)"
    allowed = (
        f" (λ allows t = {number_text(dial.budget)})" if dial is not None and dial.is_exact and not is_there else ""
    )
    if look.penalty is not None and all(look.penalty.is_free):
        return f"{name} = {number_text(picture.budget)}{allowed}, none of it of these two"
    shape = "ball" if look.penalty is None or look.penalty.is_bounded else "band"
    if math.isclose(picture.share, picture.budget, rel_tol=1e-12):
        return f"{shape}: {name} = {number_text(picture.budget)}{allowed}"
    return f"{shape}: the two's share {number_text(picture.share)} of {name} = {number_text(picture.budget)}{allowed}"


def _percent(share: float) -> str:
    return f"{100.0 * share:.0f} %"


def _meeting(view: GeometryView, look: PlaneLook) -> str:
    shape, tangency = SHAPES[look.kind], look.picture.tangency
    if look.lam == 0.0:
        return "nothing presses on the weights"
    free = look.penalty.is_free if look.penalty is not None else (False, False)
    if all(free):
        return "neither weight is penalised, which leaves no ball"
    if any(free):
        shape = f"band along {view.names[free.index(True)]}"
    elif not look.picture.here.any():
        are = "are too small to be told from 0" if look.kind == "l2" else "are 0"
        return f"both weights {are}, the {shape} is a point"
    zeros = _zeros(view)
    if is_met(look):
        if zeros and look.kind in ("l1", "elastic-net") and not any(free):
            return f"touches the {shape}'s corner,{zeros}"
        return f"touches the {shape}{',' if zeros else ''}{zeros}"
    if tangency.touches:
        return f"touches the {shape}, but the pull there is that of another λ"
    if math.isnan(tangency.cosine):
        return "no loss pulls on these two"
    # Where they do not touch, the contour through the model goes through the ball: lower losses lie within.
    how = "nearly touches" if tangency.cosine >= NEARLY else "still crosses"
    owner = "the optimum's" if view.is_exact else "the model's"
    return f"{owner} contour {how} the {shape}{',' if zeros else ''}{zeros}"


def is_met(look: PlaneLook) -> bool:
    """Whether contour and ball touch at the model, with the pull that λ holds: that is where both have arrived."""
    picture = look.picture
    if look.shown is not picture.grid or look.kind == "none" or not len(picture.ball) or not picture.here.any():
        return False
    tangency = picture.tangency
    return tangency.touches and tangency.residual <= NEAR_SHARE * max(look.lam, 1e-9)


def why_sentences(view: GeometryView) -> tuple[str, ...]:
    """Why the weight that is asked about is zero or not, what the ball's shape has to do with it, and what is shown."""
    name = view.watched_name
    first, *others = zero_words(view.zero).split(SENTENCE_END)
    first = f"{first}." if others else first
    first = f"{name} is{first[5:]}" if first.startswith("It is") else f"{name}: {first}"
    model = f"In the {PENALTY_NAMES[view.looks[0].kind]} model, " if len(view.looks) > 1 else ""
    shape, rest = _shape_words(view), [_scope_words(view), SENTENCE_END.join(others)]
    # Where there is a corner to be seen, what it does is what the picture is there for.
    is_corner = bool(shape) and not view.looks[0].picture.here.all()
    found = [f"{model}{first}", *((shape, *rest) if is_corner else (*rest, shape))]
    return tuple(sentence for sentence in found if sentence)


def _shape_words(view: GeometryView) -> str:
    look = view.looks[0]
    if look.penalty is None or not is_met(look) or any(look.penalty.is_free):
        return ""
    has_zero = not look.picture.here.all()
    if look.kind in ("l1", "elastic-net"):
        shape = SHAPES[look.kind]
        if has_zero:
            return f"The {shape} has a corner there: pulls in many directions keep the weight in it."
        return f"Contour and {shape} touch on a side, between its corners: both weights are alive."
    if look.kind == "l2" and not has_zero:
        return "A disc has no corners: where the contour touches it, next to no weight is exactly zero."
    return ""


def _scope_words(view: GeometryView) -> str:
    is_default = view.choice.x is None and view.choice.y is None
    if len(view.looks) > 1 and is_default:
        return "The two are those that show L1's corner best, unless you choose others."
    if view.is_linear or view.pair is None:
        return ""
    which = "Two weights of your network" if len(view.looks) == 1 else "Two weights"
    if is_default and np.count_nonzero(view.looks[0].picture.here) == 1:
        which += ", one of them held at zero, unless you choose others"
    elif is_default and not (view.default is not None and view.default.shows_corner):
        which += ", the largest ones unless you choose others"
    return f"{which}; all others stand still in this picture."


def _zeros(view: GeometryView) -> str:
    look = view.looks[0]
    # L2 makes no zeros: what stands at 0 there is only too small to be told from it.
    sign = "≈" if look.kind == "l2" else "="
    zeros = [f"{name} {sign} 0" for name, value in zip(view.names, look.picture.here, strict=True) if value == 0.0]
    return f" {', '.join(zeros)}" if zeros else ""


def value_text(view: GeometryView, look: PlaneLook, x: float, y: float) -> str | None:
    """Both weights, loss and penalty at a point of the plane; None outside of it."""
    loss = look.picture.grid.at(x, y)
    if not math.isfinite(loss):
        return None
    lines = [f"{name} {number_text(value)}" for name, value in zip(view.names, (x, y), strict=True)]
    lines.append(f"data loss {number_text(loss)}")
    if look.penalty is not None and look.kind != "none":
        size = look.penalty.value_at(np.array([x, y]))
        lines.append(f"penalty of the two {number_text(size)}, λ × penalty {number_text(look.lam * size)}")
    elif look.shown is not look.picture.grid:
        lines.append(f"data loss + λ × penalty {number_text(look.shown.at(x, y))}")
    return "\n".join(lines)


def touching_sentence(view: GeometryView) -> str:
    """How the arrow of the loss's pull stands to the directions in which the ball holds, as the picture shows both."""
    look = view.looks[0]
    tangency = look.picture.tangency
    # Without a penalty there is no ball that could hold anything, and the sum shows neither arrow nor wedge.
    if look.penalty is None or look.kind == "none" or view.choice.is_sum or math.isnan(tangency.cosine):
        return ""
    if float(np.linalg.norm(tangency.gradient)) <= LEAST_PULL or not len(look.picture.ball):
        return ""
    if tangency.cone.is_everything:
        return f"{whose(view)}held against all directions"
    where = "wedge" if len(tangency.cone.edges()) > 1 else "dashed line"
    if tangency.touches:
        return f"{whose(view)}arrow {'in the wedge' if where == 'wedge' else 'along the dashed line'}"
    degrees = math.degrees(math.acos(max(-1.0, tangency.cosine)))
    return f"{whose(view)}arrow {number_text(degrees)}° off the {where}"


def whose(view: GeometryView) -> str:
    """Which of several models the numbers beside the plots are of."""
    return f"{PENALTY_NAMES[view.looks[0].kind]}: " if len(view.looks) > 1 else ""


def dial_sentence(view: GeometryView) -> str:
    """What stands before t."""
    dial = view.dial
    if dial is None:
        return "no penalty, no budget"
    lam = f"λ {number_text(dial.lam)}"
    return f"{lam} allows t" if dial.is_exact else f"{lam}, spent t"


def budget_meaning(view: GeometryView) -> str:
    """What t counts under the penalty of the dial; empty where there is none."""
    dial, kind = view.dial, view.looks[0].kind
    if dial is None:
        return ""
    if dial.has_factors or kind not in FORMULAS:
        return "t = R(W), what all weights cost together"
    return f"t = {FORMULAS[kind]}, {'the sum of all |w|' if kind == 'l1' else 'half the squared radius'}"
