"""What is chosen of the geometry with a weight that a person has clicked on, and what stands there unchosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from regdesk.core.geometry.view import DefaultPair
from regdesk.views.plots.selecting_frame import weights_in

if TYPE_CHECKING:
    from regdesk.core.run.frame import Frame
    from regdesk.core.run.scene import RunScene
    from regdesk.core.settings.selected import Selected

X, Y, WATCHED, IS_PRINCIPAL = (f"view.geometry.{name}" for name in ("x", "y", "watched", "is_principal"))


def settings_with(position: int, pair: tuple[int | None, int | None]) -> dict[str, Any]:
    """Values of settings by path with which the weight at ``position`` is on an axis, and is asked why it is zero.

    ``pair`` are the weights on the axes; the one that was chosen longer ago gives way.
    """
    x, y = pair
    if position not in (x, y):
        # Those that stand there by default are chosen from now on, too: nothing else moves.
        x, y = (position, x) if x is not None else (position, y)
    return {X: x, Y: y, WATCHED: position, IS_PRINCIPAL: False}


def largest_selected(selected: Selected, frame: Frame | None, scene: RunScene | None) -> int | None:
    """The position of the weight that is selected, or of the largest of a part that is; None where no weight is."""
    snapshot = frame.snapshot if frame is not None else None
    if snapshot is None or scene is None or not selected:
        return None
    found = weights_in(selected, snapshot.network, scene)
    return int(found[int(np.abs(snapshot.parameters[found]).argmax())]) if len(found) else None


def pair_memory(pair: DefaultPair | None) -> list[int]:
    """As JSON holds it; empty for none."""
    return [] if pair is None else [pair.first, pair.second, int(pair.shows_corner)]


def pair_in(memory: Any) -> DefaultPair | None:
    """What ``pair_memory`` has made, in ``memory`` of a panel that may come from a file; None for anything else."""
    found = memory.get("pair") if isinstance(memory, dict) else None
    if not isinstance(found, list) or len(found) != 3 or not all(type(one) is int and one >= 0 for one in found):
        return None
    return DefaultPair(found[0], found[1], bool(found[2]))
