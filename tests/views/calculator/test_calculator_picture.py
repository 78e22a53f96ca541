"""The picture of the calculator to take away: all its inputs in letters that can be read, and nothing said twice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from asked_calculators import Asked, calculator_of
from foreign_pictures import PdfWords, letters_of
from plot_items import settle
from tables import write_csv

from regdesk.views.export.picture_copy import panel_picture
from regdesk.views.export.picture_request import PictureRequest
from regdesk.views.kit import theme

CAPTION = "L2, lambda 0.01; seed 0"


@pytest.fixture(autouse=True)
def light(qapp: Any) -> None:
    theme.apply_theme(qapp, theme.LIGHT)


def asked_of(qtbot: Any, folder: Path, n_inputs: int) -> Asked:
    generator = np.random.default_rng(3)
    columns = generator.normal(size=(n_inputs, 60)).round(3)
    names = [f"input{number}" for number in range(n_inputs)]
    file = write_csv(folder / "wide.csv", [*names, "y"], [*columns, columns.sum(axis=0)])
    return Asked(qtbot, calculator_of(file, "y"), is_docked=True)


@pytest.mark.parametrize(
    ("n_inputs", "width", "height", "least_share"),
    # Of the size of text that was asked for: 9 points become 6.5 of twenty inputs on 16 × 10 cm, once 2.5.
    [(3, 16, 10, 1.0), (20, 16, 10, 0.7), (20, 16, 22, 1.0), (20, 9, 9, 0.5), (50, 16, 22, 0.7)],
)
def test_every_input_is_on_it_and_its_letters_can_be_read(
    qtbot: Any, tmp_path: Path, n_inputs: int, width: int, height: int, least_share: float
) -> None:
    asked = asked_of(qtbot, tmp_path, n_inputs)
    panel = asked.panel
    before = panel.grab().toImage()
    request = PictureRequest(width=width, height=height)
    look = request.look((panel.readout, CAPTION))
    picture = panel_picture(panel, look)
    assert look.width_px / picture.width_px >= least_share
    assert picture.width_px / picture.height_px == pytest.approx(width / height, rel=0.01)
    words = PdfWords(request.files_of(picture, "")["calculatorPanel.pdf"]).letters
    for number in range(n_inputs):
        assert f"input{number}" in words
    # The sentence is the caption, and stands nowhere else.
    assert words.count(letters_of(panel.readout)) == 1
    settle()
    assert panel.grab().toImage() == before


def test_a_long_label_ends_before_the_plot_beside_it(qtbot: Any, tmp_path: Path) -> None:
    labels = [f"a label of many words that stands below number {number}" for number in range(2)]
    cells = [labels[row % 2] for row in range(60)]
    file = write_csv(tmp_path / "long.csv", ["kind", "y"], [cells, [f"{row % 7}.5" for row in range(60)]])
    asked = Asked(qtbot, calculator_of(file, "y"), is_docked=True)
    row = asked.row(0)
    row.show_cell(labels[1])
    picture = panel_picture(asked.panel, PictureRequest().look((asked.panel.readout,)))
    words = PdfWords(PictureRequest().files_of(picture, "")["calculatorPanel.pdf"]).letters
    assert letters_of("a label") in words
    assert letters_of(labels[1]) not in words.replace(letters_of(asked.panel.readout), "")
    assert row.value.text() == labels[1]
