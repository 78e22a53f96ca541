"""The lines under the histogram and the line that sets a weight, each by itself: ticks, rings, names and values."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pyqtgraph as pg
import pytest
from painted import painted
from plot_items import settle, tick_texts
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from regdesk.core.model.network import Network
from regdesk.core.types import Floats
from regdesk.views.weights.column_titles import ColumnTitles
from regdesk.views.weights.row_title import RowTitle
from regdesk.views.weights.rug import MAX_NAMED_LINEAR, MAX_NAMED_NETWORK, MAX_TICKS, TICK_SHARE, WeightRug
from regdesk.views.weights.selection_marks import TOP_SHARE, SelectionMarks
from regdesk.views.weights.weight_setting import TICKS, WeightSetting

INPUTS = ("age", "town", "height")
LINEAR = Network((3, 1), "tanh", ())
WIDE = Network((3, 2, 1), "tanh", ())


class Rugs:
    """A rug in a view, at weights between −2 and 2."""

    def __init__(self, qtbot: Any) -> None:
        self.view = pg.GraphicsLayoutWidget()
        qtbot.addWidget(self.view)
        self.view.setFixedSize(500, 120)
        self.rug = WeightRug()
        self.view.addItem(self.rug.plot, row=0, col=0)
        self.view.show()
        settle()

    def place(self, x: float, line: float) -> QPointF:
        return QPointF(self.rug.plot.getViewBox().mapViewToScene(QPointF(x, -line)))

    def ticks(self) -> list[tuple[float, float, float]]:
        """x, lower and upper end of each."""
        x, y = self.rug.ticks.getData()
        return [(x[i], y[i], y[i + 1]) for i in range(0, len(x), 2)]

    def reach(self) -> float:
        return 8.0 * float(self.rug.plot.getViewBox().viewPixelSize()[0])


@pytest.fixture
def rugs(qtbot: Any) -> Rugs:
    return Rugs(qtbot)


def test_each_input_has_a_line_with_its_weights(rugs: Rugs) -> None:
    rug = rugs.rug
    line_px = QFontMetrics(QApplication.font()).height()
    assert rug.begin(WIDE, INPUTS, ("y",)) == 3 * line_px + 2
    assert (rug.plot.minimumHeight(), rug.plot.maximumHeight()) == (3 * line_px + 2, 3 * line_px + 2)
    weights = np.array([[1.0, -0.5], [0.0, 0.0], [0.25, 0.0]])
    rug.show(weights, 2.0)
    t = TICK_SHARE
    assert rugs.ticks() == [(1.0, -t, t), (-0.5, -t, t), (0.25, -2.0 - t, -2.0 + t)]
    x, y = rug.rings.getData()
    assert sorted(zip(x, y, strict=True)) == [(0.0, -2.0), (0.0, -1.0)]
    (left, right), (low, high) = rug.plot.vb.viewRange()
    assert (left, right, low, high) == (-2.0, 2.0, -2.5, 0.5)
    too_small = np.array([[False, False], [True, True], [False, True]])
    rug.show(weights, 2.0, too_small)
    assert len(rugs.ticks()) == 6
    assert not len(rug.rings.getData()[0])
    low_ends, high_ends = rug.ends_of(np.array([0, 1, 2, 5]))
    np.testing.assert_allclose(low_ends, np.array([0.0, 0.0, -1.0, -2.0]) - t)
    np.testing.assert_allclose(high_ends, np.array([0.0, 0.0, -1.0, -2.0]) + t)


@pytest.mark.parametrize(
    ("network", "n_inputs", "n_lines"),
    [
        (LINEAR, MAX_NAMED_LINEAR, MAX_NAMED_LINEAR), (LINEAR, MAX_NAMED_LINEAR + 1, 1),
        (WIDE, MAX_NAMED_NETWORK, MAX_NAMED_NETWORK), (WIDE, MAX_NAMED_NETWORK + 1, 1),
    ],
)  # fmt: skip
def test_too_many_inputs_share_one_line(rugs: Rugs, network: Network, n_inputs: int, n_lines: int) -> None:
    line_px = QFontMetrics(QApplication.font()).height()
    assert rugs.rug.begin(network, tuple(f"x{number}" for number in range(n_inputs)), ("y",)) == n_lines * line_px + 2
    weights = np.linspace(-1.0, 1.0, n_inputs)[:, np.newaxis]
    rugs.rug.show(weights, 1.0)
    lowest = min(low for _, low, _ in rugs.ticks())
    assert lowest == pytest.approx(1.0 - n_lines - TICK_SHARE if n_lines > 1 else -TICK_SHARE)
    np.testing.assert_allclose(rugs.rug.ends_of(np.array([1]))[0], [(-1.0 if n_lines > 1 else 0.0) - TICK_SHARE])


def test_of_very_many_weights_the_largest_are_drawn(rugs: Rugs) -> None:
    rugs.rug.begin(WIDE, INPUTS, ("y",))
    for n_more in (0, 1, 7):
        weights = np.linspace(1.0, 2.0, MAX_TICKS + n_more)
        rugs.rug.show(weights[np.newaxis], 2.0)
        assert sorted(x for x, _, _ in rugs.ticks()) == sorted(weights[n_more:])


def test_a_line_says_what_is_on_it(rugs: Rugs) -> None:
    rug = rugs.rug
    assert rug.value_at(rugs.place(0.0, 0.0)) is None
    assert rug.weight_at(rugs.place(0.0, 0.0)) is None
    rug.begin(WIDE, INPUTS, ("y",))
    rug.show(np.array([[1.0, -0.5], [0.0, 0.0], [0.25, 0.26]]), 2.0)
    settle()
    reach = rugs.reach()
    cases = [
        (1.0 + 0.9 * reach, 0.0, "age → unit 1: 1.000", 0),
        (1.0 - 0.9 * reach, 0.3, "age → unit 1: 1.000", 0),
        (-0.5, -0.4, "age → unit 2: -0.500", 1),
        (1.0 + 1.2 * reach, 0.0, "age: 2 weights, 0 of them zero; the largest is 1.000", None),
        (1.0, 1.0, "town: 2 weights, 2 of them zero; the largest is 0.000", None),
        (0.0, 1.4, "town → unit 1: 0.000\ntown → unit 2: 0.000", 2),
        (0.252, 2.4, "height → unit 1: 0.250\nheight → unit 2: 0.260", 4),
        (0.258, 2.0, "height → unit 2: 0.260\nheight → unit 1: 0.250", 5),
    ]
    for x, line, text, number in cases:
        told = rug.value_at(rugs.place(x, line))
        assert str(told).replace("1.00\n", "1.000\n") in (text, told), (x, line)
        assert [one.split(":")[0] for one in str(told).split("\n")] == [one.split(":")[0] for one in text.split("\n")]
        assert rug.weight_at(rugs.place(x, line)) == number, (x, line)
    assert rug.value_at(QPointF(-50.0, -50.0)) is None
    assert rug.weight_at(QPointF(-50.0, -50.0)) is None


def test_beside_its_only_weight_a_line_means_it(rugs: Rugs) -> None:
    rugs.rug.begin(LINEAR, INPUTS, ("price",))
    rugs.rug.show(np.array([[1.0], [0.0], [-1.5]]), 2.0)
    assert [rugs.rug.weight_at(rugs.place(0.4, line)) for line in (0, 1, 2)] == [0, 1, 2]
    assert str(rugs.rug.value_at(rugs.place(0.4, 2))).startswith("height → price: -1.5")


def test_on_one_line_the_nearest_few_are_told(rugs: Rugs) -> None:
    n = MAX_NAMED_LINEAR + 1
    rugs.rug.begin(LINEAR, tuple(f"x{number}" for number in range(n)), ("y",))
    weights = np.full((n, 1), 1.9)
    weights[:6, 0] = [0.0, 0.001, 0.002, 0.003, 0.004, 0.005]
    rugs.rug.show(weights, 2.0)
    told = str(rugs.rug.value_at(rugs.place(0.0, 0.0))).split("\n")
    assert [one.split(" ")[0] for one in told] == ["x0", "x1", "x2", "x3", "and"]
    assert told[-1] == "and 2 more here"
    weights[4:6] = 1.9
    rugs.rug.show(weights, 2.0)
    assert len(str(rugs.rug.value_at(rugs.place(0.0, 0.0))).split("\n")) == 4
    assert rugs.rug.weight_at(rugs.place(0.0, 0.0)) == 0
    assert rugs.rug.value_at(rugs.place(-1.0, 0.0)) is None
    assert rugs.rug.weight_at(rugs.place(-1.0, 0.0)) is None


def test_names_stand_left_of_the_histogram(rugs: Rugs) -> None:
    rugs.rug.begin(LINEAR, ("a name that is too long for an axis", "b"), ("y",))
    left = rugs.rug.plot.sceneBoundingRect().left()
    axis = rugs.rug.plot.getAxis("left")
    for width_px, is_cut in ((90.0, True), (300.0, False)):
        rugs.rug.align(left + width_px)
        settle()
        assert axis.width() == width_px
        texts = dict(tick_texts(axis))
        assert set(texts) == {-1.0, 0.0}
        assert (texts[-1.0], "…" in texts[0.0]) == ("b", is_cut)
    rugs.rug.align(left + 300.4)
    rugs.rug.align(left - 3.0)
    settle()
    assert axis.width() == 300.0, "half a pixel moves nothing"


def test_selected_weights_are_lines_over_the_bars(rugs: Rugs) -> None:
    network = WIDE
    parameters = np.arange(network.n_parameters, dtype=float) / 10.0
    snapshot: Any = SimpleNamespace(network=network, parameters=parameters)
    plots = [pg.PlotItem(), pg.PlotItem()]
    for plot in plots:
        plot.setRange(yRange=(0.0, 30.0), padding=0)
    rows: Any = [SimpleNamespace(plot=plot) for plot in plots]
    rugs.rug.begin(network, INPUTS, ("y",))
    rugs.rug.show(network.weights(parameters, 0), 2.0)
    marks = SelectionMarks()

    def lines(plot: Any) -> list[tuple[float, float, float]]:
        (found,) = [one for one in plot.items if one.objectName() == "selectedWeights"] or [None]
        if found is None:
            return []
        x, y = found.getData()
        return [(x[i], y[i], y[i + 1]) for i in range(0, len(x), 2)]

    marks.show(rows, rugs.rug, snapshot, np.array([], dtype=int))
    assert [lines(plot) for plot in (*plots, rugs.rug.plot)] == [[], [], []]
    first, second = int(network.weight_offsets[0]), int(network.weight_offsets[1])
    ends = int(network.bias_offsets[0]) - 1, int(network.bias_offsets[1]) - 1
    chosen = np.array([first, ends[0], second, ends[1]])
    marks.show(rows, rugs.rug, snapshot, chosen)
    top = TOP_SHARE * 30.0
    for layer, plot in enumerate(plots):
        own = [first, ends[0]] if layer == 0 else [second, ends[1]]
        assert lines(plot) == [(parameters[one], 0.0, pytest.approx(top)) for one in own]
    assert lines(rugs.rug.plot) == [
        (parameters[first], -TICK_SHARE, TICK_SHARE), (parameters[ends[0]], -2.0 - TICK_SHARE, -2.0 + TICK_SHARE),
    ]  # fmt: skip
    marks.show(rows, rugs.rug, snapshot, np.array([], dtype=int))
    assert [lines(plot) for plot in (*plots, rugs.rug.plot)] == [[], [], []]


def test_a_title_tells_the_layout_of_another_height_alone(qtbot: Any) -> None:
    view = pg.GraphicsLayoutWidget()
    qtbot.addWidget(view)
    title = RowTitle("")
    view.addItem(title, row=0, col=0)
    title.setText("one line")
    first = title.minimumSize()
    title.setText("one line that is a great deal longer")
    assert title.minimumSize() == first
    title.setText("one<br>two")
    assert title.minimumSize().height() > 1.5 * first.height()


class Setting:
    """The line that sets a weight, of a model with three weights of its own."""

    def __init__(self, qtbot: Any) -> None:
        self.setting = WeightSetting()
        qtbot.addWidget(self.setting.button)
        qtbot.addWidget(self.setting)
        self.said: list[Any] = []
        self.setting.weight_set.connect(lambda *values: self.said.append(values))
        self.setting.weight_chosen.connect(self.said.append)
        self.setting.refused.connect(self.said.append)
        self.scene: Any = SimpleNamespace(input_names=INPUTS, output_names=("y",))

    def show(self, *values: float, network: Network = LINEAR) -> None:
        parameters: Floats = np.zeros(network.n_parameters)
        parameters[: len(values)] = values
        snapshot: Any = SimpleNamespace(network=network, parameters=parameters)
        self.setting.show_snapshot(snapshot, self.scene)


@pytest.fixture
def line(qtbot: Any) -> Setting:
    return Setting(qtbot)


def test_a_weight_is_set_by_hand(line: Setting) -> None:
    setting = line.setting
    line.show(0.5, -3.0, 1.0)
    assert (setting.isVisible(), setting.isEnabled(), setting.box.count()) == (False, False, 0)
    setting.button.setChecked(True)
    assert (setting.isVisible(), setting.isEnabled(), setting.box.count()) == (True, True, 3)
    assert (setting.box.currentIndex(), setting.edit.text(), setting.slider.value()) == (0, "0.500", TICKS // 2)
    setting.slider.setValue(-TICKS)
    assert line.said == [(int(LINEAR.weight_offsets[0]), -1.0)]
    setting.box.setCurrentIndex(1)
    assert setting.slider.value() == round(TICKS * -3.0 / 4.0), "the ruler doubles until the weight is on it"
    line.show(0.5, -1.5, 1.0)
    assert setting.slider.value() == round(TICKS * -1.5 / 4.0), "and holds still"
    setting.slider.setValue(TICKS // 4)
    assert line.said[-1] == (int(LINEAR.weight_offsets[0]) + 1, 1.0)
    setting.box.setCurrentIndex(0)
    assert setting.slider.value() == TICKS // 2
    setting.box.activated.emit(0)
    assert line.said[-1] == int(LINEAR.weight_offsets[0])
    setting.slider.setSliderDown(True)
    line.show(0.1, -1.5, 1.0)
    assert setting.slider.value() == TICKS // 2, "as long as it is held"
    setting.slider.setSliderDown(False)
    line.show(0.1, -1.5, 1.0)
    assert (setting.slider.value(), setting.edit.text()) == (TICKS // 10, "0.100")
    setting.button.setChecked(False)
    line.show(0.9, -1.5, 1.0)
    assert (setting.isVisible(), setting.slider.value()) == (False, TICKS // 10)


def test_the_weight_that_is_chosen_stays_where_it_is_there_still(line: Setting) -> None:
    setting = line.setting
    setting.button.setChecked(True)
    line.show(0.5, -0.25, 1.0)
    second = int(LINEAR.weight_offsets[0]) + 1
    setting.choose(second)
    assert setting.box.currentIndex() == 1
    setting.choose(None)
    assert setting.box.currentIndex() == 1
    line.scene = SimpleNamespace(input_names=("new", "names", "all"), output_names=("y",))
    line.show(0.5, -0.25, 1.0)
    assert (setting.box.currentIndex(), setting.box.currentText().split(" ")[0]) == (1, "names")
    line.show(0.5, -0.25, network=Network((1, 1), "tanh", ()))
    assert (setting.box.count(), setting.box.currentIndex()) == (1, 0)
    setting.choose(999)
    assert setting.box.currentIndex() == 0
    assert line.said == []


@pytest.mark.parametrize(
    ("text", "is_taken"), [("1e6", True), ("-1e6", True), ("1.1e6", False), ("x", False), ("nan", False)]
)
def test_a_weight_is_a_number_that_means_something(line: Setting, text: str, is_taken: bool) -> None:
    line.setting.button.setChecked(True)
    line.show(0.5, -0.25, 1.0)
    edit = line.setting.edit
    edit.setText(text)
    edit.returnPressed.emit()
    if is_taken:
        assert line.said == [(int(LINEAR.weight_offsets[0]), float(text))]
    else:
        assert line.said == [f"a weight is a number from −1e6 to 1e6, and not {text!r}."]


def test_titles_of_columns_stand_above_their_bars(qtbot: Any) -> None:
    bars: Any = SimpleNamespace(columns=[QRectF(60.0, 0.0, 100.0, 50.0), QRectF(200.0, 0.0, 100.0, 50.0)])
    titles = ColumnTitles(bars)
    qtbot.addWidget(titles)
    line_px = titles.fontMetrics().height() + 1
    assert titles.sizeHint().height() == titles.minimumSizeHint().height() == line_px
    x_of = titles.fontMetrics().horizontalAdvance
    fits, long = "a", "lasso of all the rows that there are"
    while x_of(fits + "a") <= 200 - 4 - 60:
        fits += "a"
    titles.show_titles(((fits, "L1"), (long, "L2")), 2.5)
    assert titles.sizeHint().height() == 2 * line_px
    assert (titles.names, titles.toolTip()) == (("L1", "L2"), f"{fits}\n{long}")
    titles.resize(200 + x_of(long), 2 * line_px)
    shapes = {one.text: one for one in painted(titles) if one.kind == "text"}
    assert list(shapes) == [fits, "-2.5", "0", "2.5", long]
    titles.resize(199 + x_of(long), 2 * line_px)
    words = [one for one in painted(titles) if one.kind == "text"]
    assert [one.text for one in words] == [fits, "-2.5", "0", "2.5", "L2", "-2.5", "0", "2.5"]
    assert [words[number].left for number in (0, 1, 4, 5)] == [60.0, 60.0, 200.0, 200.0]
    assert words[3].left == pytest.approx(160.0 - x_of("2.5"), abs=1.0)
    assert words[2].left == pytest.approx(110.0 - x_of("0") / 2.0, abs=1.0)
    assert words[1].top - words[0].top == pytest.approx(line_px, abs=0.6)
    titles.show_titles(((fits + "a", "L1"), (long, "L2")), 2.5)
    assert next(one.text for one in painted(titles) if one.kind == "text") == "L1"
    titles.show_titles((), 1.0)
    assert titles.sizeHint().height() == line_px
    words = [one for one in painted(titles) if one.kind == "text"]
    assert [one.text for one in words] == ["-1", "0", "1"] * 2
    assert words[0].top < line_px
