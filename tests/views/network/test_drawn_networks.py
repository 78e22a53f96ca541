"""Where nodes, links and words of a network stand, in numbers worked out by hand; no window is made."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from regdesk.core.model.network import Network
from regdesk.core.settings.selected import NOTHING, selected_input, selected_unit, selected_weight
from regdesk.views.network import diagram as diagrams
from regdesk.views.network.diagram import MOST_GAP_PX, MOST_LINKS, WIDTHS_PX, Diagram, diagram_of
from regdesk.views.network.heads import GAP_SHARE, OVER_PX, head_lines
from regdesk.views.network.keys import next_part
from regdesk.views.network.painting import named_rows
from regdesk.views.network.shown_nodes import MOST_INPUTS, SLACK, node_strengths, shown_nodes

NETWORK = Network((3, 2, 1), "tanh", ())
SCENE: Any = SimpleNamespace(
    input_names=("a", "b", "c"), output_names=("y",), inputs_named=lambda name: ("abc".index(name),)
)
WEIGHTS = ([[1.0, -0.5], [0.0, 0.25], [0.1, 0.0]], [[-2.0], [1.0]])


def all_nodes(network: Network) -> tuple[Any, ...]:
    return tuple(np.arange(size) for size in network.sizes)


def parameters_of(network: Network, *layers: Any) -> np.ndarray:
    found = np.zeros(network.n_parameters)
    for number, values in enumerate(layers):
        network.weights(found, number)[:] = values
    return found


@pytest.fixture
def drawn() -> Diagram:
    return diagram_of(NETWORK, all_nodes(NETWORK), 100.0, 300.0, 20.0, 80.0)


def test_layers_stand_in_columns_about_the_middle(drawn: Diagram) -> None:
    inputs, units, output = drawn.places
    np.testing.assert_allclose(inputs, [[100.0, 30.0], [100.0, 50.0], [100.0, 70.0]])
    np.testing.assert_allclose(units, [[200.0, 35.0], [200.0, 65.0]])
    np.testing.assert_allclose(output, [[300.0, 50.0]])
    assert drawn.gaps_px == [20.0, 30.0, MOST_GAP_PX]
    high = diagram_of(NETWORK, all_nodes(NETWORK), 0.0, 10.0, 0.0, 1000.0)
    np.testing.assert_allclose(high.places[0][:, 1], [500.0 - MOST_GAP_PX, 500.0, 500.0 + MOST_GAP_PX])


def test_each_link_knows_its_weight_and_its_ends(drawn: Diagram) -> None:
    assert drawn.layers.tolist() == [0] * 6 + [1] * 2
    assert drawn.sources.tolist() == [0, 0, 1, 1, 2, 2, 0, 1]
    assert drawn.targets.tolist() == [0, 1, 0, 1, 0, 1, 0, 0]
    assert drawn.positions.tolist() == np.flatnonzero(NETWORK.is_weight).tolist()
    assert drawn.lines[3].tolist() == [100.0, 50.0, 200.0, 65.0]
    assert drawn.lines[6].tolist() == [200.0, 35.0, 300.0, 50.0]
    few = diagram_of(NETWORK, (np.array([0, 2]), np.array([1]), np.array([0])), 0.0, 1.0, 0.0, 1.0)
    offset = int(NETWORK.weight_offsets[0])
    assert few.positions.tolist() == [offset + 1, offset + 5, int(NETWORK.weight_offsets[1]) + 1]


def test_links_have_classes_by_the_size_of_their_weight(drawn: Diagram) -> None:
    n = len(WIDTHS_PX)
    parameters = parameters_of(NETWORK, *WEIGHTS)
    classes = diagrams.link_classes(drawn, parameters, [1.0, 1.0], parameters != 0.0)
    assert classes.tolist() == [n, -3, 0, 2, 1, 0, -n, n]
    held = np.ones(NETWORK.n_parameters, dtype=bool)
    assert diagrams.link_classes(drawn, parameters, [1.0, 4.0], held).tolist() == [n, -3, 1, 2, 1, 1, -3, 2]


def test_of_very_many_links_the_largest_are_drawn() -> None:
    for n_more, n_drawn in ((0, MOST_LINKS), (50, MOST_LINKS)):
        wide = Network((MOST_LINKS // 50 + n_more // 50, 50), "tanh", ())
        found = diagram_of(wide, all_nodes(wide), 0.0, 1.0, 0.0, 1.0)
        weights = np.linspace(-1.0, -0.5, wide.n_weights)
        parameters = parameters_of(wide, weights.reshape(wide.sizes[0], wide.sizes[1]))
        classes = diagrams.link_classes(found, parameters, [1.0], wide.is_weight)
        assert np.count_nonzero(classes) == n_drawn
        assert (classes[: MOST_LINKS - 1] < 0).all()
        assert (classes[MOST_LINKS + 1 :] == 0).all()


@pytest.mark.parametrize(
    ("x", "y", "reach", "link"),
    [
        (150.0, 32.5, 3.0, 0),
        (150.0, 57.5, 3.0, 3),
        (150.0, 57.5 + 3.2, 3.0, 3),
        (150.0, 57.5 - 8.0, 1.0, None),
        (90.0, 30.0, 10.0, 0),
        (90.0, 30.0, 7.0, None),
        (250.0, 42.0, 3.0, 6),
        (310.0, 50.0, 12.0, 6),
        (99.0, 70.0, 3.0, 4),
    ],
)
def test_the_nearest_link_is_meant(drawn: Diagram, x: float, y: float, reach: float, link: int | None) -> None:
    """Of equally near ones the widest; a wide one begins at its edge."""
    parameters = parameters_of(NETWORK, *WEIGHTS)
    classes = diagrams.link_classes(drawn, parameters, [1.0, 1.0], parameters != 0.0)
    assert diagrams.nearest_link(drawn, classes, x, y, reach) == link
    assert diagrams.nearest_link(drawn, np.zeros(8, dtype=int), x, y, reach) is None


@pytest.mark.parametrize(
    ("x", "y", "node"),
    [(100.0, 54.9, (0, 1)), (105.0, 50.0, (0, 1)), (105.1, 50.0, None), (198.0, 66.0, (1, 1)), (300.0, 45.0, (2, 0))],
)
def test_the_nearest_node_is_meant(drawn: Diagram, x: float, y: float, node: tuple[int, int] | None) -> None:
    assert diagrams.nearest_node(drawn, x, y, 5.0) == node
    few = diagram_of(NETWORK, (np.array([2]), np.array([1]), np.array([0])), 0.0, 200.0, 0.0, 2.0)
    assert diagrams.nearest_node(few, 0.0, 1.0, 5.0) == (0, 2)


def test_nodes_that_most_goes_through_are_drawn() -> None:
    strengths = node_strengths(NETWORK, parameters_of(NETWORK, *WEIGHTS))
    np.testing.assert_allclose(strengths[0], [2.5, 0.25, 0.2])
    np.testing.assert_allclose(strengths[1], [2.2, 0.75])
    np.testing.assert_allclose(strengths[2], [2.95])
    size = MOST_INPUTS + 2
    large = Network((size, 1), "tanh", ())
    values = np.linspace(1.0, 2.0, size)
    values[7] = 0.001
    nodes = shown_nodes(large, parameters_of(large, values[:, np.newaxis]), {})
    assert nodes[0].tolist() == [one for one in range(1, size) if one != 7]
    assert nodes[1].tolist() == [0]
    with_seven = shown_nodes(large, parameters_of(large, values[:, np.newaxis]), {0: 7})
    assert with_seven[0].tolist() == list(range(2, size))

    def after(share: float, wanted: dict[int, int]) -> Any:
        """What is drawn once 0, which is not, has ``share`` of the smallest that is."""
        changed = values.copy()
        changed[0] = share * values[1]
        return shown_nodes(large, parameters_of(large, changed[:, np.newaxis]), wanted, nodes)

    assert after(SLACK - 1e-9, {}) is nodes
    assert after(SLACK + 1e-6, {})[0].tolist() == [0, *(one for one in range(2, size) if one != 7)]
    assert after(1.0, {0: 9}) is nodes, "it is drawn already"
    assert 7 in after(1.0, {0: 7})[0]
    exact = Network((MOST_INPUTS, 1), "tanh", ())
    assert len(shown_nodes(exact, np.zeros(exact.n_parameters), {})[0]) == MOST_INPUTS


@pytest.fixture
def metrics(qapp: QApplication) -> QFontMetrics:
    return QFontMetrics(qapp.font())


COUNTS = ((2, 3), (12, 16), (1, 4))


def test_words_stand_above_their_layers(metrics: QFontMetrics) -> None:
    x_of = metrics.horizontalAdvance
    names, texts = head_lines(COUNTS, [200.0, 400.0, 600.0, 800.0], metrics, 1000.0)
    assert [word for word, _ in names] == ["inputs", "layer 1", "layer 2", "output"]
    assert [word for word, _ in texts] == ["2/3", "12/16", "1/4"]
    for line in (names, texts):
        for (word, left), place in zip(line, (200.0, 400.0, 600.0, 800.0), strict=False):
            assert left == place - 0.5 * x_of(word)


def test_where_they_have_no_room_words_are_shorter_and_the_ends_step_aside(metrics: QFontMetrics) -> None:
    x_of, gap = metrics.horizontalAdvance, GAP_SHARE * metrics.height()
    widest = max(0.5 * (x_of(one) + x_of("layer 1")) for one in ("inputs", "layer 2", "output"))
    for across, is_narrow in ((widest + gap + 0.01, False), (widest + gap - 0.01, True)):
        places = [100.0 + across * layer for layer in range(4)]
        names, texts = head_lines(COUNTS, places, metrics, 1000.0)
        assert ([word for word, _ in names][1:3] == ["1", "2"]) is is_narrow
        if is_narrow:
            assert names[0] == ("inputs", places[0] - x_of("inputs") + OVER_PX)
            assert names[-1] == ("output", places[-1] - OVER_PX)
            assert names[1] == ("1", places[1] - 0.5 * x_of("1"))
            assert texts[0] == ("2/3", places[0] - x_of("2/3") + OVER_PX)
            assert texts[2] == ("1/4", places[2] - 0.5 * x_of("1/4"))
    tight = 0.5 * (x_of("2/3") + x_of("12/16")) + gap
    for across, words in ((tight + 0.01, ["2/3", "12/16", "1/4"]), (tight - 0.01, ["2", "12", "1"])):
        assert [
            word for word, _ in head_lines(COUNTS, [0.0, across, 2 * across, 3 * across], metrics, 999.0)[1]
        ] == words
    names, _ = head_lines(COUNTS, [0.0, 200.0, 400.0, 600.0], metrics, 600.0)
    assert (names[0][1], names[-1][1]) == (0.0, 600.0 - x_of("output")), "inside the picture"


@pytest.mark.parametrize(
    ("step", "rows", "named"),
    [
        (1, [0], "abcdef"),
        (2, range(6), "a c e "),
        (3, range(6), "a  d  "),
        (2, [1, 0, 2, 3, 4, 5], " b d f"),
        (9, range(6), "a     "),
    ],
)
def test_names_that_matter_come_first(step: int, rows: Any, named: str) -> None:
    assert named_rows("abcdef", step, rows) == [one.strip() for one in named]


KEYS = Qt.Key
UNIT_1, UNIT_2 = selected_unit(1, 1), selected_unit(1, 2)


@pytest.mark.parametrize(
    ("key", "before", "after"),
    [
        (KEYS.Key_Down, NOTHING, selected_input("a")),
        (KEYS.Key_Down, selected_input("a"), selected_input("b")),
        (KEYS.Key_Down, selected_input("c"), selected_input("c")),
        (KEYS.Key_Up, selected_input("b"), selected_input("a")),
        (KEYS.Key_Up, selected_input("a"), selected_input("a")),
        (KEYS.Key_Right, selected_input("a"), UNIT_1),
        (KEYS.Key_Right, selected_input("c"), UNIT_2),
        (KEYS.Key_Left, selected_input("a"), None),
        (KEYS.Key_Right, UNIT_1, None),
        (KEYS.Key_Left, UNIT_2, selected_input("c")),
        (KEYS.Key_Down, UNIT_1, UNIT_2),
        (KEYS.Key_A, UNIT_1, None),
        (KEYS.Key_Return, NOTHING, None),
    ],
)
def test_keys_go_from_node_to_node(drawn: Diagram, key: Qt.Key, before: Any, after: Any) -> None:
    assert next_part(key, before, drawn, np.zeros(8, dtype=int), NETWORK, SCENE) == after


@pytest.mark.parametrize(
    ("key", "link", "after"),
    [
        (KEYS.Key_Left, 3, selected_input("b")),
        (KEYS.Key_Right, 3, UNIT_2),
        (KEYS.Key_Right, 6, None),
        (KEYS.Key_Left, 7, UNIT_2),
        (KEYS.Key_Down, 2, 3),
        (KEYS.Key_Down, 3, None),
        (KEYS.Key_Up, 3, 2),
        (KEYS.Key_Up, 2, None),
        (KEYS.Key_Return, 3, None),
    ],
)
def test_keys_go_through_the_links_of_a_node(drawn: Diagram, key: Qt.Key, link: int, after: Any) -> None:
    wanted = selected_weight(int(drawn.positions[after])) if isinstance(after, int) else after
    classes = np.array([6, -3, 0, 2, 1, 0, -6, 6])
    found = next_part(key, selected_weight(int(drawn.positions[link])), drawn, classes, NETWORK, SCENE)
    assert found == wanted


def test_return_goes_to_the_widest_link(drawn: Diagram) -> None:
    classes = np.array([2, -3, 0, 2, 1, 0, -6, 6])
    for node, link in ((selected_input("a"), 1), (selected_input("b"), 3), (UNIT_1, 6), (UNIT_2, 7)):
        found = next_part(KEYS.Key_Return, node, drawn, classes, NETWORK, SCENE)
        assert found == selected_weight(int(drawn.positions[link]))
