"""The network from canned moments: links that vanish at zero, what is out and dead, pointer, clicks and keys."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from canned import Canned, dataset_of
from plot_items import settle, show
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage
from PySide6.QtWidgets import QApplication
from tables import write_csv, write_sparse

from regdesk.core.model.original_units import in_original_units
from regdesk.core.settings.configuration import ViewSettings
from regdesk.core.types import TrainSettings
from regdesk.core.words.number_text import fixed_text
from regdesk.views.kit import theme
from regdesk.views.network.diagram import MOST_LINKS, WIDTHS_PX
from regdesk.views.network.heads import head_lines
from regdesk.views.network.panel import INVITATION, NetworkPanel
from regdesk.views.network.picture import NetworkPicture
from regdesk.views.network.shown_nodes import MOST_INPUTS, MOST_UNITS, shown_nodes
from regdesk.views.network.words import weight_text
from regdesk.views.plots.hover import HoverBubble


@pytest.fixture
def model(tmp_path: Path) -> Canned:
    """Eight inputs a to h, two hidden layers, half of the weights at zero."""
    dataset = dataset_of(write_sparse(tmp_path / "sparse.csv"), "y")
    return Canned.of(dataset, (4, 3), settings=TrainSettings("l1", 0.02)).without_weights()


def shown(qtbot: Any, model: Canned, width: int = 640, height: int = 460) -> NetworkPanel:
    panel = show(qtbot, NetworkPanel(), width, height)
    assert panel.readout == INVITATION
    panel.show_run_scene(model.run_scene)
    panel.show_frame(model.frame())
    settle()
    return panel


def picture_of(panel: NetworkPanel) -> NetworkPicture:
    assert panel.picture is not None
    return panel.picture


def wide_model(folder: Path, n_inputs: int, hidden: tuple[int, ...]) -> Canned:
    values = np.random.default_rng(3).normal(size=(n_inputs + 1, 60)).round(2)
    names = [*(f"x{number}" for number in range(n_inputs)), "y"]
    return Canned.of(dataset_of(write_csv(folder / "wide.csv", names, list(values)), "y"), hidden)


def middle(picture: NetworkPicture, link: int, share: float = 0.3) -> QPoint:
    assert picture.diagram is not None
    x1, y1, x2, y2 = picture.diagram.lines[link]
    return QPointF(x1 + share * (x2 - x1), y1 + share * (y2 - y1)).toPoint()


def node(picture: NetworkPicture, layer: int, row: int) -> QPoint:
    assert picture.diagram is not None
    return QPointF(*picture.diagram.places[layer][row]).toPoint()


def test_links_are_weights_and_vanish_at_zero(qtbot: Any, model: Canned) -> None:
    panel, network = shown(qtbot, model), model.network
    picture = picture_of(panel)
    diagram, classes = picture.diagram, picture.classes
    assert diagram is not None
    np.testing.assert_array_equal(np.sort(diagram.positions), np.flatnonzero(network.is_weight))
    weights = model.parameters[diagram.positions]
    np.testing.assert_array_equal(classes == 0, weights == 0)
    np.testing.assert_array_equal(np.sign(classes), np.sign(weights))
    for layer in range(3):
        limit = model.snapshot().layers[layer].limit
        own = diagram.layers == layer
        expected = np.ceil(np.abs(weights[own]) / limit * len(WIDTHS_PX))
        np.testing.assert_array_equal(np.abs(classes[own]), np.minimum(expected, len(WIDTHS_PX)))
    for number, (layer, source, target) in enumerate(
        zip(diagram.layers, diagram.sources, diagram.targets, strict=True)
    ):
        assert network.ends_of(int(diagram.positions[number])) == (layer, source, target)
        start, end = diagram.places[layer][source], diagram.places[layer + 1][target]
        np.testing.assert_array_equal(diagram.lines[number], [*start, *end])
    assert picture.names == list("abcdefgh")
    # Where a wide link is and others are not, its colour is on the screen; without a weight there is the ground.
    image, first = picture.grab().toImage(), int(np.abs(classes).argmax())
    ground = image.pixelColor(picture.width() - 2, 2)
    assert image.pixelColor(middle(picture, first, 0.5)) != ground
    nothing = replace(model, parameters=np.where(network.is_weight, 0, model.parameters))
    empty = shown(qtbot, nothing)
    assert picture_of(empty).grab().toImage().pixelColor(middle(picture, first, 0.5)) == ground
    assert empty.readout.startswith("8 of 8 inputs are out, 4 of 4 units of layer 1 and 3 of 3 of layer 2 are dead; ")


def test_what_is_out_and_dead_is_counted_and_grey(qtbot: Any, model: Canned) -> None:
    parameters = np.where(model.network.is_weight, 1.0, model.parameters).astype(np.float32)
    model.network.weights(parameters, 0)[[1, 6]] = 0.0
    model.network.weights(parameters, 1)[2] = 0.0
    panel = shown(qtbot, replace(model, parameters=parameters))
    picture = picture_of(panel)
    assert panel.readout == (
        "2 of 8 inputs are out, 1 of 4 units of layer 1 and 0 of 3 of layer 2 are dead; 11 of 47 weights are zero."
    )
    assert picture.liveness is not None
    assert picture.liveness.inputs.tolist() == [number not in (1, 6) for number in range(8)]
    image = picture.grab().toImage()
    dark = QColor(theme.colours().text)
    for layer, row, is_alive in ((0, 0, True), (0, 1, False), (0, 6, False), (1, 2, False), (1, 3, True), (3, 0, True)):
        assert (image.pixelColor(node(picture, layer, row)) == dark) == is_alive
    assert "out: no chain of weights that matter" in str(picture.text_at(QPointF(node(picture, 0, 1))))
    assert "dead: no chain of weights that matter leads from it to an output" in str(
        picture.text_at(QPointF(node(picture, 1, 2)))
    )


def test_the_pointer_reads_and_a_click_selects(qtbot: Any, model: Canned) -> None:
    panel = shown(qtbot, model)
    picture, chosen = picture_of(panel), []
    panel.part_selected.connect(chosen.append)
    assert picture.diagram is not None
    link = next(
        number
        for number in np.argsort(-np.abs(picture.classes))
        if picture.part_at(QPointF(middle(picture, int(number)))) == ("weight", int(picture.diagram.positions[number]))
    )
    position = int(picture.diagram.positions[link])
    qtbot.mouseMove(picture, middle(picture, link))
    bubble = panel.findChild(HoverBubble)
    qtbot.waitUntil(bubble.isVisible)
    assert f"\nweight {fixed_text(float(model.parameters[position]))}" in bubble.text()
    for place in (middle(picture, link), node(picture, 0, 2), node(picture, 2, 1), node(picture, 3, 0)):
        qtbot.mouseClick(picture, Qt.MouseButton.LeftButton, pos=place)
    assert chosen == [("weight", position), ("input", "c"), ("unit", 2, 2)]
    # Its name stands for an input; beside everything nothing is selected, and so by a click on what is.
    x, y = picture.diagram.places[0][4]
    qtbot.mouseClick(picture, Qt.MouseButton.LeftButton, pos=QPointF(x - 30, y).toPoint())
    qtbot.mouseClick(picture, Qt.MouseButton.LeftButton, pos=QPoint(picture.width() - 3, 3))
    panel.show_view_settings(ViewSettings(selected=("input", "c")))
    qtbot.mouseClick(picture, Qt.MouseButton.LeftButton, pos=node(picture, 0, 2))
    assert chosen[3:] == [("input", "e"), (), ()]


def test_what_is_selected_has_its_colour(qtbot: Any, model: Canned) -> None:
    panel = shown(qtbot, model)
    picture, colour = picture_of(panel), QColor(theme.colours().selected)

    def n_coloured() -> int:
        image = picture.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        return int(np.count_nonzero(np.frombuffer(image.constBits(), np.uint32) == colour.rgb()))

    assert n_coloured() == 0
    counts = []
    for selected in (("weight", int(np.flatnonzero(model.parameters)[0])), ("input", "b"), ("unit", 1, 1), ()):
        panel.show_view_settings(ViewSettings(selected=selected))
        settle()
        counts.append(n_coloured())
    assert min(counts[:3]) > 10
    assert counts[3] == 0
    # The link itself has it, all along, and not only the rings and names at its ends.
    assert picture.diagram is not None
    link = int(np.argmax(np.abs(picture.classes)))
    panel.show_view_settings(ViewSettings(selected=("weight", int(picture.diagram.positions[link]))))
    settle()
    image = picture.grab().toImage()
    assert [image.pixelColor(middle(picture, link, share)) for share in (0.3, 0.5, 0.7)] == 3 * [colour]


def test_arrow_keys_go_through_everything(qtbot: Any, model: Canned) -> None:
    panel = shown(qtbot, model)
    picture, path = picture_of(panel), []

    def choose(selected: Any) -> None:
        path.append(selected)
        panel.show_view_settings(ViewSettings(selected=selected))

    panel.part_selected.connect(choose)
    keys = Qt.Key
    for key in (keys.Key_Down, keys.Key_Down, keys.Key_Right, keys.Key_Up, keys.Key_Right, keys.Key_Left):
        qtbot.keyClick(picture, key)
    assert path[:2] == [("input", "a"), ("input", "b")]
    assert [one[:2] for one in path[2:]] == [("unit", 1), ("unit", 1), ("unit", 2), ("unit", 1)]
    panel.show_view_settings(ViewSettings(selected=("input", "b")))
    network = model.network
    widest = int(np.abs(network.weights(model.parameters, 0)[1]).argmax())
    qtbot.keyClick(picture, keys.Key_Return)
    assert path[-1] == ("weight", 4 + widest)
    qtbot.keyClick(picture, keys.Key_Down if widest < 3 else keys.Key_Up)
    beside = widest + (1 if widest < 3 else -1)
    assert path[-1] == ("weight", 4 + beside)
    qtbot.keyClick(picture, keys.Key_Right)
    assert path[-1] == ("unit", 1, beside + 1)


def test_without_hidden_layers_inputs_lead_to_the_output(qtbot: Any, model: Canned) -> None:
    linear = Canned.of(model.dataset, ()).with_zeros(3)
    panel = shown(qtbot, linear)
    picture = picture_of(panel)
    assert picture.n_drawn == (8, 1)
    assert int(np.count_nonzero(picture.classes)) == 5
    assert panel.readout == "3 of 8 inputs are out; 3 of 8 weights are zero."


def test_a_link_of_an_input_has_its_weight_in_units_of_its_own(model: Canned) -> None:
    linear = Canned.of(model.dataset, ())
    snapshot, network = linear.snapshot(), linear.network
    weights = network.weights(snapshot.parameters, 0).astype(np.float64)
    expected, _ = in_original_units(model.dataset, weights, np.zeros(1))
    for number in range(3):
        text = weight_text(snapshot, linear.run_scene, number)
        assert f"(standardised), {fixed_text(float(expected[number, 0]))} for 1 more of {'abc'[number]} in" in text
    # Within a network it is what one more of the input adds to a unit's sum; deeper links have no such unit.
    own = float(model.parameters[0]) / model.run_scene.input_scales[0]
    assert f", {fixed_text(own)} for 1 more of a in its own unit" in weight_text(model.snapshot(), model.run_scene, 0)
    deeper = int(model.network.weight_offsets[1])
    assert "own unit" not in weight_text(model.snapshot(), model.run_scene, deeper)


def test_of_many_the_strongest_are_drawn_and_it_is_said(qtbot: Any, tmp_path: Path) -> None:
    model = wide_model(tmp_path, 80, (40, 3))
    panel = shown(qtbot, model)
    picture = picture_of(panel)
    assert picture.n_drawn == (MOST_INPUTS, MOST_UNITS, 3, 1)
    assert int(np.count_nonzero(picture.classes)) <= MOST_LINKS
    panel.show_frame(model.frame(epoch=201.0))
    said = f"Drawn: 50 of 80 inputs, 32 of 40 units of layer 1 and {picture.n_links_drawn:,} of 3,323 links, those with"
    assert picture.n_links_drawn == np.count_nonzero(picture.classes)
    assert panel.readout.endswith(f"{said} the largest weights.")
    assert len(picture.names) == MOST_INPUTS
    # One that is selected is drawn in any case, and no name lies over another.
    assert picture.diagram is not None
    left_out = int(np.setdiff1d(np.arange(80), picture.diagram.nodes[0])[0])
    panel.show_view_settings(ViewSettings(selected=("input", f"x{left_out}")))
    assert left_out in picture.diagram.nodes[0]
    rows = [number for number, name in enumerate(picture.names) if name]
    gap = picture.diagram.gaps_px[0] * int(np.diff(rows).min())
    assert gap >= 0.8 * picture.fontMetrics().height()


def test_nodes_change_places_only_for_good_reason(tmp_path: Path) -> None:
    model = wide_model(tmp_path, 80, (4,))
    before = shown_nodes(model.network, model.parameters, {})
    noise = 1.0 + 0.02 * np.random.default_rng(1).normal(size=len(model.parameters))
    assert shown_nodes(model.network, model.parameters * noise, {}, before) is before
    parameters = model.parameters.copy()
    left_out = int(np.setdiff1d(np.arange(80), before[0])[0])
    model.network.weights(parameters, 0)[left_out] *= 100.0
    after = shown_nodes(model.network, parameters, {}, before)
    assert left_out in after[0]
    assert len(after[0]) == MOST_INPUTS


def test_its_data_are_the_weights_by_name(qtbot: Any, model: Canned) -> None:
    names, weights = shown(qtbot, model).data_columns()
    assert names.cells[:5] == ("a → unit 1", "a → unit 2", "a → unit 3", "a → unit 4", "b → unit 1")
    np.testing.assert_array_equal(weights.cells, model.parameters[model.network.is_weight])


@pytest.mark.parametrize("across_px", [30.0, 60.0, 90.0, 300.0])
def test_words_above_the_layers_stand_apart(qapp: Any, across_px: float) -> None:
    metrics = QFontMetrics(QApplication.font())
    places = [100.0 + across_px * number for number in range(4)]
    width = places[-1] + 100.0
    names, counts = head_lines([(6, 6), (16, 16), (9, 16)], places, metrics, width)
    for line, n_words in ((names, 4), (counts, 3)):
        assert len(line) == n_words
        ends = [(left, left + metrics.horizontalAdvance(word)) for word, left in line]
        assert all(one[1] + 1.0 < other[0] for one, other in pairwise(ends))
        assert 0.0 <= ends[0][0] < ends[-1][1] <= width
    assert [word for word, _ in counts] == (["6", "16", "9"] if across_px == 30.0 else ["6/6", "16/16", "9/16"])
