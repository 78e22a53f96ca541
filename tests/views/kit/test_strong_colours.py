"""The colours of a lecture stand out more than those at a desk, and a hue still means what it meant."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor

from regdesk.views.kit.strong_colours import STRONG_DARK, STRONG_LIGHT, strong
from regdesk.views.kit.theme import DARK, LIGHT, Colours

CURVES = ("training", "validation", "penalty", "lam", "zero", "weights")
MOST_HUE_APART = 12


def luminance(name: str) -> float:
    """Relative luminance of WCAG 2.2."""
    colour = QColor(name)
    parts = [
        one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4
        for one in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(("usual", "found"), [(LIGHT, STRONG_LIGHT), (DARK, STRONG_DARK)], ids=["light", "dark"])
def test_words_and_curves_stand_out(usual: Colours, found: Colours) -> None:
    assert strong(usual) is strong(found) is found
    for ground in (found.background, found.window):
        assert contrast(found.text, ground) >= 10.0
        assert contrast(found.quiet_text, ground) >= 10.0
        assert contrast(found.error, ground) >= 7.0
        assert contrast(found.praise, ground) >= 7.0
        assert contrast(found.disabled_text, ground) >= 4.5
    for name in CURVES:
        colour, before = getattr(found, name), getattr(usual, name)
        assert contrast(colour, found.background) >= 5.0, name
        assert contrast(colour, found.background) > contrast(before, usual.background), name
        if QColor(before).saturation() > 60:
            apart = abs(QColor(colour).hue() - QColor(before).hue())
            assert min(apart, 360 - apart) <= MOST_HUE_APART, name
    assert contrast(found.grid, found.background) > contrast(usual.grid, usual.background)
    assert contrast(found.highlighted_text, found.highlight) >= 7.0
