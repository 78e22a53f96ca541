"""The picture of a network shape by shape: links, nodes, rings, names with brackets, and the key beneath."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from canned import Canned, dataset_of
from painted import Shape, painted
from plot_items import settle, show
from PySide6.QtGui import QFontMetrics
from tables import write_csv

from regdesk.core.settings.configuration import ViewSettings
from regdesk.core.types import TrainSettings
from regdesk.views.kit import theme
from regdesk.views.kit.blends import blended
from regdesk.views.network.diagram import SHARES, WIDTHS_PX
from regdesk.views.network.painting import growth_for_names, named_rows
from regdesk.views.network.panel import NetworkPanel
from regdesk.views.network.picture import NetworkPicture


@pytest.fixture
def panel(qtbot: Any, tmp_path: Path) -> NetworkPanel:
    """A number, the labels of a word, and two hidden layers of which some weights are zero."""
    generator = np.random.default_rng(2)
    cells = [generator.normal(size=60).round(2), np.array(["x", "y", "z"])[np.arange(60) % 3]]
    rows = [*cells, (cells[0] + (cells[1] == "y")).round(2)]
    dataset = dataset_of(write_csv(tmp_path / "few.csv", ["age", "town", "t"], [list(one) for one in rows]), "t")
    model = Canned.of(dataset, (3, 2), settings=TrainSettings("l1", 0.02)).without_weights(0.4)
    found = show(qtbot, NetworkPanel(), 640, 460)
    found.show_run_scene(model.run_scene)
    found.show_frame(model.frame())
    settle()
    return found


@pytest.fixture
def picture(panel: NetworkPanel) -> NetworkPicture:
    assert panel.picture is not None
    return panel.picture


def of_kind(shapes: list[Shape], kind: str) -> list[Shape]:
    return [one for one in shapes if one.kind == kind]


def spans(shape: Shape) -> tuple[float, float, float, float]:
    return shape.left, shape.top, shape.box.right(), shape.box.bottom()


def test_each_link_is_as_wide_as_its_weight_is_strong_and_has_the_colour_of_its_sign(picture: NetworkPicture) -> None:
    colours, diagram = theme.colours(), picture.diagram
    assert diagram is not None
    shapes = of_kind(painted(picture), "line") + of_kind(painted(picture), "path")
    for line, kind in zip(diagram.lines, picture.classes, strict=True):
        x1, y1, x2, y2 = line
        extent = (min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
        own = [one for one in shapes if np.allclose(spans(one), extent, atol=0.1) and one.stroke != "none"]
        if kind == 0:
            assert own == [], "a weight that is zero has no line"
            continue
        assert own, "every other has one"
        wanted = blended(colours.weights if kind > 0 else colours.negative_weights, SHARES[abs(kind) - 1]).name()
        assert own[0].stroke == wanted
        assert own[0].width == pytest.approx(max(1.0, WIDTHS_PX[abs(kind) - 1]))
    # The strong ones lie on top.
    widths = [one.width for one in shapes if one.stroke in {blended(colours.weights, share).name() for share in SHARES}]
    assert widths == sorted(widths)


def test_nodes_are_filled_while_they_live_and_names_stand_beside_them(picture: NetworkPicture) -> None:
    colours, diagram, liveness = theme.colours(), picture.diagram, picture.liveness
    assert diagram is not None
    assert liveness is not None
    shapes = painted(picture)
    *nodes, key = of_kind(shapes, "ellipse")
    places = [(x, y) for own in diagram.places for x, y in own]
    assert [one.centre for one in nodes] == [pytest.approx(place, abs=0.1) for place in places]
    alive = np.concatenate([liveness.inputs[diagram.nodes[0]], *liveness.units, [True]])
    assert len(alive) == len(nodes)
    for node, is_alive in zip(nodes, alive, strict=True):
        assert node.fill == (colours.text if is_alive else colours.background).lower()
        assert node.stroke == (colours.text if is_alive else colours.zero).lower()
        assert 3.0 <= node.box.width() <= 10.0
    metrics = picture.fontMetrics()
    written = {one.text: one for one in of_kind(shapes, "text")}
    for label, (x, y) in zip(picture.names, diagram.places[0], strict=True):
        name = written[label]
        assert name.left + metrics.horizontalAdvance(label) == pytest.approx(x - 12.0, abs=1.5)
        assert y < name.top < y + metrics.ascent()
    (x, y) = diagram.places[-1][0]
    assert written["t"].left == pytest.approx(x + 12.0, abs=1.0)
    assert y < written["t"].top < y + metrics.ascent()
    # What the line of a weight means is said beneath, and what an open node is.
    for text, colour in (("positive", colours.weights), ("negative", colours.negative_weights)):
        (sample,) = [
            one for one in shapes if one.kind in ("line", "path") and one.stroke == colour.lower() and one.width == 3.0
        ]
        assert 0 < written[text].left - sample.box.right() < 10
        assert sample.box.width() == pytest.approx(22.0)
        assert written[text].top - metrics.ascent() < sample.top < written[text].top
    assert key.stroke == colours.zero.lower()
    assert 0 < written["out, dead"].left - key.box.right() < 10
    assert key.box.bottom() <= picture.height()


def test_inputs_of_one_column_are_held_together(picture: NetworkPicture) -> None:
    diagram = picture.diagram
    assert diagram is not None
    quiet = theme.colours().quiet_text.lower()
    (bracket,) = [
        one for one in painted(picture) if one.kind in ("line", "path") and one.stroke == quiet and one.box.height() > 9
    ]
    towns = [place for place, name in zip(diagram.places[0], picture.names, strict=True) if "age" not in name]
    assert len(towns) == 3
    assert bracket.top == pytest.approx(min(y for _, y in towns) - 3.0)
    assert bracket.box.bottom() == pytest.approx(max(y for _, y in towns) + 3.0)
    assert towns[0][0] - 12.0 < bracket.left < towns[0][0], "between the names and the nodes"
    assert bracket.box.width() == 0.0


def test_what_is_selected_has_a_ring_and_its_links_the_colour(panel: NetworkPanel, picture: NetworkPicture) -> None:
    diagram, chosen = picture.diagram, theme.colours().selected.lower()
    assert diagram is not None
    assert [one for one in painted(picture) if one.stroke == chosen] == []
    panel.show_view_settings(ViewSettings(selected=("unit", 1, 1)))
    settle()
    marked = [one for one in painted(picture) if one.stroke == chosen]
    (ring,) = of_kind(marked, "ellipse")
    (node,) = [
        one
        for one in of_kind(painted(picture), "ellipse")
        if one.centre == pytest.approx(ring.centre) and one.stroke != chosen
    ]
    assert ring.fill == "none"
    assert ring.box.width() > node.box.width() + 4.0
    assert any(np.allclose(ring.centre, place, atol=0.1) for place in diagram.places[1])
    links = [one for one in marked if one.kind in ("line", "path")]
    assert links
    assert all(one.width >= 2.0 for one in links), "they can be followed"
    assert all(abs(one.left - ring.centre[0]) < 0.2 or abs(one.box.right() - ring.centre[0]) < 0.2 for one in links)
    # A weight that is zero is seen where it would be.
    zero = int(np.flatnonzero(picture.classes == 0)[0])
    panel.show_view_settings(ViewSettings(selected=("weight", int(diagram.positions[zero]))))
    settle()
    dots = [one for one in painted(picture) if one.stroke == chosen and one.kind in ("line", "path")]
    assert [one.is_dashed for one in dots] == [True]


def test_names_tell_how_much_higher_the_picture_would_have_to_be(panel: NetworkPanel, picture: NetworkPicture) -> None:
    diagram = picture.diagram
    assert diagram is not None
    metrics = picture.fontMetrics()
    gap = diagram.places[0][1, 1] - diagram.places[0][0, 1]
    assert gap > metrics.height()
    assert growth_for_names(diagram, metrics) == picture.growth_for_names == 1.0
    assert len(picture.names) == 4
    assert "" not in picture.names
    panel.resize(640, 120)
    settle()
    low = picture.diagram
    assert low is not None
    gap = low.places[0][1, 1] - low.places[0][0, 1]
    assert picture.growth_for_names == pytest.approx(0.86 * metrics.height() / gap)
    step = int(np.ceil(0.86 * metrics.height() / gap))
    assert [bool(name) for name in picture.names] == [row % step == 0 for row in range(4)]


def test_what_matters_has_its_name_first_where_not_all_have_room() -> None:
    labels = list("abcdef")
    assert named_rows(labels, 1, range(6)) == labels
    assert named_rows(labels, 2, range(6)) == ["a", "", "c", "", "e", ""]
    # b and e are in: a dead input beside them gives way, and f beside e.
    assert named_rows(labels, 2, [1, 4, 0, 2, 3, 5]) == ["", "b", "", "", "e", ""]
    assert named_rows(labels, 3, [5, 1, 4, 0, 2, 3]) == ["", "b", "", "", "", "f"]


def test_outputs_that_stand_close_ask_for_room_as_inputs_do(qapp: Any) -> None:
    metrics = QFontMetrics(qapp.font())
    apart, close, middle = (np.array([[0.0, 0.0], [0.0, gap]]) for gap in (99.0, 5.0, 1.0))
    needed = 0.86 * metrics.height() / 5.0
    for places in ([close, middle, apart], [apart, middle, close]):
        layers: Any = SimpleNamespace(places=places)
        assert growth_for_names(layers, metrics) == pytest.approx(needed), "units between them have no names"
    single: Any = SimpleNamespace(places=[close[:1], middle, close[:1]])
    assert growth_for_names(single, metrics) == 1.0
