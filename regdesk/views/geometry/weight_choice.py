"""What is chosen of the geometry with a weight that a person has clicked on."""

from __future__ import annotations

from typing import Any

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
