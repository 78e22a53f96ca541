"""Sizes of a picture that is saved: pixels of a PNG, letters on paper, and from which size on they can be read."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QApplication

from regdesk.views.export.picture_request import LEAST_SHEET_PX, PictureRequest

CM = PictureRequest(("fitPanel", "pathPanel"))
PX = replace(CM, unit="px", width=800.0, height=500.0, text_size=12.0)


def letters_px() -> float:
    return float(QFontInfo(QApplication.font()).pixelSize())


def test_a_png_has_its_dots_on_paper_and_its_pixels_on_a_screen() -> None:
    assert CM.png_size_px == (round(16.0 / 2.54 * 300), round(10.0 / 2.54 * 300)) == (1890, 1181)
    assert replace(CM, dots_per_inch=150).png_size_px == (945, 591)
    assert PX.png_size_px == (800, 500)


def test_letters_have_the_size_that_is_wanted(qapp: Any) -> None:
    # 16 cm are 453.5 points: with letters of 9 points there is room for 453.5 / 9 of them side by side.
    look = CM.look(("a caption",))
    assert look.width_px == round(16.0 * 72 / 2.54 / 9.0 * letters_px())
    assert look.height_px == round(10.0 * 72 / 2.54 / 9.0 * letters_px())
    assert (look.has_title, look.caption, look.has_readout, look.has_lists) == (True, ("a caption",), False, False)
    bare = replace(CM, has_caption=False).look(("a caption",))
    assert (bare.has_title, bare.caption) == (False, ())
    assert PX.look(()).width_px == round(800 / 12.0 * letters_px())
    sheet: Any = SimpleNamespace(width_px=look.width_px, title="Fit")
    assert CM.letters_of(sheet) == pytest.approx(9.0, rel=0.01)
    assert PX.letters_of(SimpleNamespace(width_px=PX.look(()).width_px)) == pytest.approx(12.0, rel=0.01)


def test_letters_are_never_so_large_that_a_panel_has_no_room(qapp: Any) -> None:
    wide = replace(PX, width=3400.0, height=230.0)
    assert wide.most_text_size == pytest.approx(letters_px() * 230 / LEAST_SHEET_PX[1])
    assert replace(PX, width=340.0, height=2300.0).most_text_size == pytest.approx(letters_px())
    large = replace(PX, width=340.0, height=230.0, text_size=99.0)
    look = large.look(())
    assert (look.width_px, look.height_px) == LEAST_SHEET_PX
    per_cm = 72 / 2.54
    assert CM.most_text_size == pytest.approx(letters_px() * min(16 * per_cm / 340, 10 * per_cm / 230))


def test_it_is_said_at_which_size_letters_would_be_read(qapp: Any) -> None:
    assert CM.readable_size(6.0) is None
    assert CM.readable_size(5.95) is None, "it is written as 6.0"
    assert CM.readable_size(5.9) == (16.5, 10.5)
    assert CM.readable_size(3.0) == (32.0, 20.0)
    assert PX.readable_size(8.0) is None
    assert PX.readable_size(7.0) == (920.0, 580.0)
    sheet: Any = SimpleNamespace(width_px=round(16.0 * 72 / 2.54 * letters_px() / 3.0), title="Fit")
    assert CM.small_letters_sentence(sheet).startswith("Fit: the letters are 3.0 pt, too small to be read; 32")
    pixels: Any = SimpleNamespace(width_px=round(800 * letters_px() / 4.0), title="Path")
    assert PX.small_letters_sentence(pixels) == (
        "Path: the letters are 4.0 px, too small to be read; 1600 × 1000 px would do."
    )
    assert PX.small_letters_sentence(SimpleNamespace(width_px=800, title="Fit")) == ""


def test_files_are_named_panel_by_panel() -> None:
    assert replace(CM, kinds=("png", "pdf")).file_names() == [
        "fitPanel.png", "fitPanel.pdf", "pathPanel.png", "pathPanel.pdf",
    ]  # fmt: skip
