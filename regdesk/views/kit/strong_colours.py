"""The colours of a lecture: the same hues with more contrast, for a projector in a room that is not dark."""

from __future__ import annotations

from dataclasses import replace

from regdesk.views.kit.theme import DARK, LIGHT, Colours

STRONG_LIGHT = replace(
    LIGHT,
    training="#005A96",
    validation="#AD4300",
    penalty="#00704F",
    lam="#96396F",
    zero="#6A6A6A",
    weights="#343D4C",
    window="#FFFFFF",
    button="#F0F0EE",
    text="#000000",
    quiet_text="#2E2E2E",
    disabled_text="#6E6E6E",
    grid="#B4B4B4",
    outline="#4A4A4A",
    error="#8F1D23",
    praise="#365700",
    highlight="#005A96",
)
STRONG_DARK = replace(
    DARK,
    training="#6CC4F7",
    validation="#FFB21A",
    penalty="#3FD6A6",
    lam="#F0A6CF",
    zero="#A6A6A6",
    weights="#D3DBE6",
    background="#000000",
    window="#0E0F11",
    button="#24272B",
    text="#FFFFFF",
    quiet_text="#DADDE0",
    disabled_text="#9A9EA3",
    grid="#5C6168",
    outline="#C2C7CD",
    error="#FF9D95",
    praise="#C9EC78",
    highlight="#8CCBF5",
    highlighted_text="#000000",
)
"""Words have a contrast of at least 10 to their ground (WCAG 2.2 asks 7 of its highest level), curves of 5."""


def strong(colours: Colours) -> Colours:
    """What stands in for ``colours`` in a lecture."""
    return STRONG_DARK if colours.is_dark else STRONG_LIGHT
