"""A saved picture of a network names every input, with letters as small as that takes; too small ones are told of."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from canned import Canned, dataset_of
from plot_items import settle, show
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow
from tables import write_csv

from regdesk.views.export.picture_copy import panel_picture
from regdesk.views.export.picture_request import PictureRequest
from regdesk.views.network.panel import NetworkPanel

CAPTION = ("Of a panel that has much to say the caption takes some of the room. " * 4,)


@pytest.mark.parametrize(("n_inputs", "are_read"), [(8, True), (20, False), (50, False)])
def test_every_input_is_named_on_a_small_sheet(qtbot: Any, tmp_path: Path, n_inputs: int, are_read: bool) -> None:
    values = np.random.default_rng(3).normal(size=(n_inputs + 1, 60)).round(2)
    names = [*(f"input{number}" for number in range(n_inputs)), "y"]
    model = Canned.of(dataset_of(write_csv(tmp_path / "wide.csv", names, list(values)), "y"), (4,))
    window, dock, panel = QMainWindow(), QDockWidget(), NetworkPanel()
    dock.setWidget(panel)
    window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, dock)
    show(qtbot, window, 640, 460)
    panel.show_run_scene(model.run_scene)
    panel.show_frame(model.frame())
    settle()
    request = PictureRequest(width=9.0, height=9.0, kinds=("svg",))
    picture = panel_picture(panel, request.look(CAPTION))
    text = picture.svg("9cm", "9cm").decode()
    assert set(names) <= set(re.findall(r">([^<>]+)</text>", text))
    assert (request.small_letters_sentence(picture) == "") == are_read
    if not are_read:
        said = request.small_letters_sentence(picture)
        found = re.fullmatch(
            r"Network: the letters are ([\d.]+) pt, too small to be read; (.+) × (.+) cm would do.", said
        )
        assert found is not None
        assert float(found[1]) < 6.0
        # At that size they are.
        larger = replace(request, width=float(found[2]), height=float(found[3]))
        assert larger.small_letters_sentence(panel_picture(panel, larger.look(CAPTION))) == ""
