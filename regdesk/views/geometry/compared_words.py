"""What the constraint geometry says of three models side by side, none of which is the one on screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regdesk.core.geometry.unavailable import Unavailable
from regdesk.core.words.number_text import number_text
from regdesk.core.words.plane_words import unavailable_text
from regdesk.core.words.settings_text import PENALTY_NAMES

if TYPE_CHECKING:
    from regdesk.core.geometry.view import GeometryView

TRIO = "Three models trained anew, not yours"
"""Short enough for the narrowest panel that has room for three plots; the rest of the sentence follows after a stop."""


def compared_sentence(view: GeometryView) -> str:
    """What the three are, what L1 has made of the two weights, and where each has them."""
    lam = number_text(view.looks[0].lam)
    if view.note is Unavailable.TRIO_AT_START:
        head = unavailable_text(view.note).rstrip(".")
    elif view.is_behind:
        head = f"{TRIO}: they are catching up with its steps"
    else:
        head = f"{TRIO}{_zeros(view)}"
    parts = [
        f"{PENALTY_NAMES[look.kind]} ({number_text(x)}, {number_text(y)})"
        for look in view.looks
        for x, y in [look.picture.here]
    ]
    what = f"same rows, each its own penalty, λ {lam}"
    return f"{head}; {what}; {' · '.join(parts)} in ({view.names[0]}, {view.names[1]})"


def _zeros(view: GeometryView) -> str:
    """Where L1 leaves nothing to be seen of its corner, why."""
    under_l1 = view.looks[0]
    if under_l1.picture.here.any() or under_l1.lam == 0.0:
        return ""
    if not view.has_alive:
        return "; all is 0 under L1, its shape is drawn"
    if view.choice.x is None and view.choice.y is None:
        return "; both are 0 under L1, its shape is drawn"
    return "; both are 0 under L1, try another pair"
