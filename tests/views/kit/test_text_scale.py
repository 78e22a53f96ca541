"""How large text is: shares of the application's font, in points or in pixels, and back again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget

from regdesk.views.kit import text_size


@pytest.fixture
def usual(qapp: QApplication) -> Iterator[QFont]:
    """12 pixels: lengths are what they are written as."""
    before = QFont(qapp.font())
    font = QFont(before)
    font.setPixelSize(text_size.USUAL_TEXT_PX)
    qapp.setFont(font)
    yield font
    text_size.apply_text_percent(100)
    qapp.setFont(before)


def test_lengths_grow_with_the_text_and_never_shrink(usual: QFont) -> None:
    assert (text_size.text_scale(), text_size.scaled_px(7), text_size.scaled_px(10.6)) == (1.0, 7, 11)
    for percent, scale in ((150, 1.5), (200, 2.0), (75, 1.0), (100, 1.0)):
        text_size.apply_text_percent(percent)
        assert text_size.text_scale() == scale, percent
        assert text_size.scaled_px(40) == round(40 * scale)
    assert QApplication.font() == usual, "a share is always of the system's size"


def test_the_systems_size_is_not_touched_without_need(usual: QFont) -> None:
    text_size.apply_text_percent(100)
    assert QApplication.font() == usual
    text_size.apply_text_percent(125)
    assert QApplication.font().pixelSize() == 15
    text_size.apply_text_percent(100)
    # From here on what the system says goes, another size as well.
    other = QFont(usual)
    other.setPixelSize(20)
    QApplication.setFont(other)
    text_size.apply_text_percent(100)
    assert QApplication.font().pixelSize() == 20
    text_size.apply_text_percent(150)
    assert QApplication.font().pixelSize() == 30


@pytest.mark.parametrize(("share", "points", "pixels"), [(1.5, 13.5, 18), (0.5, 4.5, 6), (0.01, 0.09, 1)])
def test_fonts_in_points_stay_so_and_so_do_those_in_pixels(share: float, points: float, pixels: int) -> None:
    of_points, of_pixels = QFont(), QFont()
    of_points.setPointSizeF(9.0)
    of_pixels.setPixelSize(12)
    for make in (text_size.sized_font, text_size.larger_font):
        assert make(of_points, share).pointSizeF() == pytest.approx(points, abs=0.01)
        assert make(of_pixels, share).pixelSize() == pixels
        assert make(of_points, share).bold() is (make is text_size.larger_font)
    assert (of_points.pointSizeF(), of_points.bold()) == (9.0, False), "of a copy"


def test_headings_are_bold_in_any_size(qtbot: Any) -> None:
    base = QFont()
    base.setPointSizeF(30.0)
    assert (text_size.heading_font(base).pointSizeF(), text_size.heading_font(base).bold()) == (30.0, True)
    label = QLabel("a heading")
    qtbot.addWidget(label)
    text_size.make_heading(label)
    assert label.font().bold()
    assert label.font().pointSizeF() == QApplication.font().pointSizeF()


def test_what_has_a_style_of_its_own_is_told_of_another_size(qtbot: Any) -> None:
    window, other = QWidget(), QLabel()
    styled, plain, dialog = QLabel(window), QLabel(window), QDialog(window)
    inside = QLabel(dialog)
    for one in (window, other):
        qtbot.addWidget(one)
    assert set(text_size.widgets_below(window)) == {styled, plain, dialog, inside}
    assert set(text_size.widgets_below(dialog)) == {inside}
    told: list[QWidget] = []
    for one in (styled, inside, other):
        one.setStyleSheet("QLabel { padding: 1px }")
    for one in (styled, plain, inside, other):
        one.setStyleSheet = lambda text, one=one: told.append((one, text))  # type: ignore[method-assign]
    text_size.restyle_text(window)
    assert sorted(told, key=lambda pair: pair[0] is inside) == [
        (styled, "QLabel { padding: 1px }"), (inside, "QLabel { padding: 1px }"),
    ]  # fmt: skip
