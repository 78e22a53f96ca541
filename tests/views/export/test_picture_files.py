"""PNG, SVG and PDF of a panel: as large as was asked for, alike in programs of others, whole, and with their origin."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
from canned import Canned, dataset_of
from foreign_pictures import PdfWords, letters_of, pdf_pixels, pixels_of, share_apart, svg_pixels
from plot_items import settle, show
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow
from tables import write_csv, write_sparse

from regdesk.core.types import TrainSettings
from regdesk.views.export.letter_outlines import with_outlines
from regdesk.views.export.picture import Picture, TooManyPixels
from regdesk.views.export.picture_copy import panel_picture
from regdesk.views.export.picture_request import PictureRequest
from regdesk.views.export.picture_sheet import PictureLook
from regdesk.views.fit.panel import DataFitPanel
from regdesk.views.history.panel import HistoryPanel
from regdesk.views.kit import theme
from regdesk.views.kit.readout_label import SentenceLabel
from regdesk.views.plots.panel import Panel
from regdesk.views.weights.panel import HistogramPanel

CAPTION = ("What it says: R² 0.5 at λ 0.01.", "sparse.csv, target y; seed 0.")
NOTES = json.dumps({"file": "<a&b>.csv", "command": 'regdesk fit "]]>"', "seed": 0})
KINDS = [DataFitPanel, HistogramPanel, HistoryPanel]
HOSTILE = ['<b>"x"&y</b>', "]]></svg>", "=cmd|' /C calc'!A0", "a\\b*/${z}"]


@pytest.fixture(autouse=True)
def light(qapp: Any) -> None:
    theme.apply_theme(qapp, theme.LIGHT)


@pytest.fixture
def shown(qtbot: Any) -> Iterator[Callable[[type[Panel], Canned], Any]]:
    windows = []

    def make(kind: type[Panel], model: Canned) -> Any:
        window, dock, panel = QMainWindow(), QDockWidget(), cast(Any, kind())
        windows.append(window)
        dock.setWidget(panel)
        window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, dock)
        panel.build()
        show(qtbot, window)
        if isinstance(panel, DataFitPanel):
            panel.show_scene(model.scene)
        else:
            panel.show_run_scene(model.run_scene)
        panel.show_frame(model.frame())
        settle()
        return panel

    yield make
    windows.clear()


@pytest.fixture
def model(tmp_path: Path) -> Canned:
    return Canned.of(dataset_of(write_sparse(tmp_path / "sparse.csv"), "y"), (), settings=TrainSettings("l1", 0.01))


def wide_model(path: Path, names: list[str]) -> Canned:
    """A linear model with an input of each name."""
    generator = np.random.default_rng(5)
    columns = generator.normal(size=(len(names), 90))
    target = columns[0] - columns[-1] + 0.1 * generator.normal(size=90)
    file = write_csv(path, [*names, "y"], [*columns, target])
    return Canned.of(dataset_of(file, "y"), (), settings=TrainSettings("l1", 0.01))


def taken(panel: Any, request: PictureRequest) -> tuple[Picture, dict[str, bytes]]:
    picture = panel_picture(panel, request.look(CAPTION))
    return picture, request.files_of(picture, NOTES)


@pytest.mark.parametrize("kind", KINDS)
def test_programs_of_others_draw_svg_and_pdf_as_the_png(kind: type[Panel], shown: Any, model: Canned) -> None:
    request = PictureRequest(width=16, height=10, dots_per_inch=200)
    picture, files = taken(shown(kind, model), request)
    png = pixels_of(QImage.fromData(files[f"{picture.name}.png"]))
    assert png.shape == (787, 1260, 3)
    for drawn in (svg_pixels(files[f"{picture.name}.svg"], 1260), pdf_pixels(files[f"{picture.name}.pdf"], 1260)):
        assert abs(drawn.shape[0] - 787) <= 2
        assert drawn.shape[1] == 1260
        assert share_apart(png, drawn) < 0.005
    # The measure sees what is missing: the same without its letters.
    bare = re.sub(r'<path fill="[^"]*" fill-opacity="[^"]*" stroke="none" fill-rule="nonzero"[^>]*/>', "",
                  files[f"{picture.name}.svg"].decode())  # fmt: skip
    assert share_apart(png, svg_pixels(bare.encode(), 1260)) > 0.01


def test_a_pdf_has_its_fonts_its_size_its_words_and_its_origin(shown: Any, model: Canned) -> None:
    picture, files = taken(shown(HistoryPanel, model), PictureRequest(width=8.5, height=6.0, text_size=7.0))
    words = PdfWords(files["historyPanel.pdf"])
    assert words.n_pages == 1
    assert words.size_points == pytest.approx((8.5 / 2.54 * 72, 6.0 / 2.54 * 72), abs=1.0)
    assert words.are_fonts_inside
    assert words.title == picture.title
    for text in (CAPTION[1], "training", "validation", "epoch"):
        assert letters_of(text) in words.letters
    assert json.loads(words.attached["provenance.json"]) == json.loads(NOTES)


def test_png_and_svg_say_where_they_come_from(shown: Any, model: Canned) -> None:
    _, files = taken(shown(HistoryPanel, model), PictureRequest(unit="px", width=900, height=500, text_size=14))
    image = QImage.fromData(files["historyPanel.png"])
    assert (image.width(), image.height()) == (900, 500)
    assert json.loads(image.text("Comment")) == json.loads(NOTES)
    svg = files["historyPanel.svg"].decode()
    assert 'width="900" height="500"' in svg
    found = re.search(r"<metadata>(.*?)</metadata>", svg, re.DOTALL)
    assert found is not None
    assert json.loads(html.unescape(found[1])) == json.loads(NOTES)


def test_larger_letters_are_larger_and_end_where_nothing_could_be_read(shown: Any, model: Canned) -> None:
    panel = shown(HistoryPanel, model)
    heights = []
    for size in (6.0, 12.0):
        picture, _ = taken(panel, PictureRequest(text_size=size, kinds=("svg",)))
        heights.append(10.0 / picture.height_px)
    # The same letters of the window on a sheet of half the pixels.
    assert heights[1] == pytest.approx(2 * heights[0], rel=0.01)
    huge = PictureRequest(text_size=60.0)
    assert huge.most_text_size < 20.0
    assert huge.look(()).width_px >= 340
    assert huge.look(()).height_px >= 229


def test_without_a_caption_there_is_the_picture_alone(shown: Any, model: Canned) -> None:
    panel = shown(DataFitPanel, model)
    _, bare = taken(panel, PictureRequest(has_caption=False))
    words = PdfWords(bare["dataFitPanel.pdf"]).letters
    assert words
    for text in (panel.windowTitle(), CAPTION[1], panel.readout[:20]):
        assert letters_of(text) not in words
    # Afterwards its sentence is where it was.
    (label,) = panel.findChildren(SentenceLabel)
    assert label.isVisible()


def test_what_has_no_room_makes_the_sheet_larger(shown: Any, tmp_path: Path) -> None:
    names = [f"a rather long name of a column whose number {number} is" for number in range(40)]
    panel = shown(HistogramPanel, wide_model(tmp_path / "wide.csv", names))
    request = PictureRequest(width=12, height=8)
    look = request.look(CAPTION)
    picture = panel_picture(panel, look)
    assert picture.height_px > 1.5 * look.height_px
    assert picture.width_px / picture.height_px == pytest.approx(1.5, rel=0.01)
    words = PdfWords(request.files_of(picture, "")["histogramPanel.pdf"]).letters
    # Every name, cut in its middle as in the window; and the caption beneath all of them.
    for number in range(40):
        assert f"{number}is" in words, number
    assert letters_of(CAPTION[1]) in words


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_names_stay_words(kind: type[Panel], shown: Any, tmp_path: Path) -> None:
    panel = shown(kind, wide_model(tmp_path / "hostile.csv", HOSTILE))
    request = PictureRequest(width=30, height=20)
    picture = panel_picture(panel, request.look((HOSTILE[1], HOSTILE[0])))
    files = request.files_of(picture, json.dumps({"file": HOSTILE[1]}))
    assert svg_pixels(files[f"{picture.name}.svg"], 600).shape[1] == 600
    words = PdfWords(files[f"{picture.name}.pdf"]).letters
    assert letters_of(HOSTILE[1] + HOSTILE[0]) in words


def test_a_name_without_a_blank_is_broken_and_not_cut(shown: Any, model: Canned) -> None:
    name = "x" * 300 + "END"
    request = PictureRequest()
    picture = panel_picture(shown(HistoryPanel, model), request.look((name,)))
    words = PdfWords(request.files_of(picture, "")["historyPanel.pdf"]).letters
    assert words.endswith(name)


def test_more_pixels_than_can_be_held_are_a_sentence(shown: Any, model: Canned) -> None:
    picture = panel_picture(shown(HistoryPanel, model), PictureLook())
    with pytest.raises(TooManyPixels, match="300,000 × 10 pixels"):
        picture.png(300_000, 10)


def test_the_panel_is_as_before(shown: Any, model: Canned) -> None:
    panel = shown(HistogramPanel, model)
    before = panel.grab().toImage()
    taken(panel, PictureRequest(width=10, height=4))
    settle()
    assert panel.grab().toImage() == before


def test_letters_become_paths_and_stay_words() -> None:
    svg = (
        '<text fill="#ff0000" fill-opacity="0.5" stroke="none" xml:space="preserve" x="10" y="20" '
        'font-family="DejaVu Sans" font-size="12" font-weight="700" font-style="normal" \n >a &lt;λ</text>'
    )
    found = with_outlines(svg)
    assert re.search(r'<path fill="#ff0000" fill-opacity="0.5" [^>]*\bd="M', found)
    assert re.search(r'<text fill="none"[^>]*>a &lt;λ</text>', found)
    assert with_outlines("<g><rect/></g>") == "<g><rect/></g>"


def test_dark_pictures_have_a_dark_ground(qapp: QApplication, shown: Any, model: Canned) -> None:
    panel = shown(HistoryPanel, model)
    try:
        theme.apply_theme(qapp, theme.DARK)
        panel.apply_theme()
        _, files = taken(panel, PictureRequest())
        ground = QColor(theme.DARK.background)
        expected = np.array([ground.red(), ground.green(), ground.blue()])
        for drawn in (svg_pixels(files["historyPanel.svg"], 400), pdf_pixels(files["historyPanel.pdf"], 400)):
            assert np.abs(drawn[2, 2].astype(int) - expected).max() <= 2
    finally:
        theme.apply_theme(qapp, theme.LIGHT)


def test_a_long_caption_is_whole_and_leaves_room_for_the_picture(shown: Any, model: Canned) -> None:
    caption = tuple(f"Sentence {number} of what the panel says at length of all that it shows." for number in range(9))
    request = PictureRequest(width=9, height=9)
    picture = panel_picture(shown(HistoryPanel, model), request.look(caption))
    words = PdfWords(request.files_of(picture, NOTES)["historyPanel.pdf"])
    assert all(letters_of(line) in words.letters for line in caption)
    # Half a letter of a line that is cut off is in the PDF as well: on paper it ends above the lower edge.
    drawn = svg_pixels(picture.svg(), picture.width_px)
    assert (drawn[-3:] == drawn[-1, 0]).all()
    assert request.letters_of(picture) < 9.0


def test_letters_that_are_too_small_are_told_with_a_size_that_would_do(shown: Any, tmp_path: Path) -> None:
    names = [f"input number {number}" for number in range(24)]
    panel = shown(HistogramPanel, wide_model(tmp_path / "wide.csv", names))
    small = PictureRequest(width=6, height=6)
    picture = panel_picture(panel, small.look(CAPTION))
    letters = small.letters_of(picture)
    assert letters < 6.0
    size = small.readable_size(letters)
    assert size is not None
    large = PictureRequest(width=size[0], height=size[1])
    enough = large.letters_of(panel_picture(panel, large.look(CAPTION)))
    assert enough >= 5.9
    assert large.readable_size(enough) is None
