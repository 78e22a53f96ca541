"""How long something still takes, as exact as an estimate is."""

from __future__ import annotations


def time_left_text(left_s: float, coarse_from_s: float = 60.0, has_hours: bool = True) -> str:
    """Such as "about 20 s left", "about 2 min left"; from ``coarse_from_s`` on seconds go in steps of ten, not five."""
    if left_s < 7.5:
        return "a few seconds left"
    if left_s < 57.5:
        step = 5 if left_s < coarse_from_s else 10
        return f"about {step * round(left_s / step)} s left"
    if left_s < 3570 or not has_hours:
        return f"about {max(1, round(left_s / 60))} min left"
    return f"about {round(left_s / 1800) / 2:g} h left"
