"""A fitted curve that leaves the picture has a mark at the edge for each of its peaks outside."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from canned import Canned, dataset_of
from plot_items import item, plots, settle, show
from tables import write_classes, write_curve

from regdesk.core.words.number_text import signed_text
from regdesk.views.fit.curve_edges import MOST_MARKS, peaks_outside
from regdesk.views.fit.panel import DataFitPanel


def test_each_stretch_outside_has_its_furthest_place() -> None:
    x = np.arange(12.0)
    y = np.array([0.0, 5.0, 9.0, 6.0, 0.0, -7.0, np.nan, 3.0, 0.0, 4.0, 0.0, 8.0])
    found = peaks_outside(x, y, (0.0, 10.5), (-2.0, 2.0), "#000000")
    assert [(one.x, one.text, one.is_above) for one in found] == [
        (2.0, "9.00", True), (5.0, "−7.00", False), (9.0, "4.00", True), (7.0, "3.00", True),
    ]  # fmt: skip
    wild = peaks_outside(x, np.where(x % 2, 5.0 + x, 0.0), (0.0, 11.0), (-2.0, 2.0), "#000000")
    assert [one.x for one in wild] == [11.0, 9.0, 7.0, 5.0][:MOST_MARKS]
    assert peaks_outside(x, y, (0.0, 10.5), (-20.0, 20.0), "#000000") == []


def test_marks_follow_the_curve_and_the_hand_and_leave_with_it(qtbot: Any, tmp_path: Path) -> None:
    model = Canned.of(dataset_of(write_curve(tmp_path / "curve.csv"), "degrees"))
    panel = show(qtbot, DataFitPanel())
    panel.show_scene(model.scene)
    panel.show_frame(model.frame())
    settle()
    plot, curve = plots(panel)[0], item(panel, "modelCurve")
    x, y = curve.getData()
    plot.vb.setRange(yRange=(y.min() - 1.0, y.max() + 1.0), padding=0)
    settle()

    def marks() -> Any:
        found = [one for one in plot.items if one.objectName() == "outsideMarks"]
        return found[0].getData()[0] if found else np.empty(0)

    assert not len(marks())
    top = float(y.min() + 0.75 * np.ptp(y))
    plot.vb.setRange(yRange=(y.min() - 1.0, top), padding=0)
    qtbot.waitUntil(lambda: len(marks()) > 0)
    assert x[y.argmax()] in marks().tolist()
    texts = [one.toPlainText() for one in plot.items if one.objectName() == "outsideValue" and one.isVisible()]
    assert signed_text(float(y.max())) in texts
    assert (y[np.isin(x, marks())] > top).all()
    names = [column.name for column in panel.data_columns()]
    assert not any("outside" in name for name in names)
    classes = Canned.of(dataset_of(write_classes(tmp_path / "classes.csv", 3), "colour"))
    panel.show_scene(classes.scene)
    panel.show_frame(classes.frame())
    settle()
    assert not len(marks())
