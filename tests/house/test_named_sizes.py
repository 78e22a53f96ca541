"""Letters have the sizes, and distances the lengths, that have a name in the kit; numbers of their own have none."""

from __future__ import annotations

import re

import pytest
from program_source import PACKAGE
from PySide6.QtGui import QFont

from regdesk.views.kit import spacing
from regdesk.views.kit.text_size import HERO, SMALL, TITLE, larger_font, sized_font

OWN_SIZE = re.compile(r"\.(setPointSizeF?|setPixelSize)\(")
OWN_DISTANCE = re.compile(r"\.(setContentsMargins|set(?:Vertical|Horizontal)?Spacing)\([^)]*\b[1-9]")
DRAWINGS = {"text_size.py", "topic_picture.py", "code_view.py", "translations_dialog.py", "letter_outlines.py"}
"""Of these the size follows the room of a drawing, or the letters are of another kind."""


def test_no_view_has_sizes_or_distances_of_its_own() -> None:
    files = sorted((PACKAGE / "views").rglob("*.py"))
    assert len(files) > 200
    texts = {file: file.read_text(encoding="utf-8") for file in files}
    assert {file.name for file, text in texts.items() if OWN_SIZE.search(text)} <= DRAWINGS
    assert {file.name for file, text in texts.items() if OWN_DISTANCE.search(text)} == set()


def test_distances_stand_on_one_grid() -> None:
    named = [px for name, px in vars(spacing).items() if name.endswith("_PX")]
    assert sorted(named) == [0, 2, 4, 8, 16]


@pytest.mark.parametrize("share", [SMALL, TITLE, HERO])
def test_a_size_is_a_share_of_the_text_in_points_or_in_pixels(share: float) -> None:
    points, pixels = QFont(), QFont()
    points.setPointSizeF(10.0)
    pixels.setPixelSize(20)
    assert sized_font(points, share).pointSizeF() == pytest.approx(10.0 * share)
    assert sized_font(pixels, share).pixelSize() == round(20 * share)
    assert larger_font(pixels, share).bold()
