"""Paths made by hand: what is drawn of them over each axis, what is said of a point, and which curve is near one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from plot_items import settle
from PySide6.QtCore import QObject, QPointF, Qt

from regdesk.core.model.penalties import ElasticNet
from regdesk.core.sweep.path_events import PathEvent, PathEvents
from regdesk.core.sweep.weight_path import PathFacts, UnitCounts, WeightPath
from regdesk.views.kit import theme
from regdesk.views.path.axes import PathTicks
from regdesk.views.path.curves import FEW_CURVES, MOST_CURVES, MOST_FAINT, MOST_SHOWN, PathCurves
from regdesk.views.path.picture import PathChoice, PathPicture, picture_of, step_above, value_ends
from regdesk.views.path.plot import PathPlot
from regdesk.views.path.words import event_text, events_note, first_inputs, many_sentence, value_text

L1, L2 = ElasticNet(0.0, 1.0), ElasticNet(0.0, 0.0)
LAMBDAS = np.array([1.0, 0.1, 0.01])
EVENTS = PathEvents(
    (PathEvent(1, "enters", 0.5, 0.5), PathEvent(0, "enters", 0.1, 1.0), PathEvent(1, "leaves", 0.01, float("inf"))),
    np.array([2, 1, 0]), np.array([2, 1, 0]), np.array([3, 1, 0]),
)  # fmt: skip
WEIGHTS = np.array([[0.0, 0.0, 0.0], [1.0, -0.5, 0.0], [2.0, 0.0, 0.0]])[:, :, np.newaxis]


def path_of(weights: Any = WEIGHTS, penalty: ElasticNet = L1, **facts: Any) -> WeightPath:
    n_inputs, n_outputs = weights.shape[1:]
    names = tuple("abcdefgh"[:n_inputs]) if n_inputs <= 8 else tuple(f"x{one}" for one in range(n_inputs))
    usual = {
        "input_names": names, "output_names": ("y",) if n_outputs == 1 else tuple("rst"), "target": "y",
        "is_classification": n_outputs > 1, "input_scales": np.full(n_inputs, 2.0), "target_scale": 3.0,
        "penalty": penalty, "null_loss": 1.0,
    }  # fmt: skip
    zeros = np.zeros(n_inputs, dtype=np.int64)
    events = EVENTS if n_inputs == 3 else PathEvents((), zeros, zeros, zeros)
    return WeightPath(
        PathFacts(**(usual | facts)), LAMBDAS, weights, np.abs(weights).sum(axis=(1, 2)), np.array([0.0, 0.5, 0.8]),
        np.count_nonzero(weights.any(axis=2), axis=1), events,
    )  # fmt: skip


AS_OPENED = PathChoice()


def picture(path: WeightPath, choice: PathChoice = AS_OPENED, is_done: bool = True, **values: Any) -> PathPicture:
    return replace(picture_of(path, choice, (1.0, 0.01), is_done, False), **values)


def test_a_picture_has_one_number_for_each_input_and_its_place_on_the_axis() -> None:
    path = path_of()
    found = picture(path)
    assert found.places.tolist() == [0.0, -1.0, -2.0]
    assert found.ends == (-2.0, 0.0)
    np.testing.assert_array_equal(found.values, path.weights[:, :, 0])
    assert found.is_dense_left
    assert [found.place_of(lam) for lam in (1.0, 0.1, 0.01, 1.01, 0.0099, 0.0)] == [0.0, -1.0, -2.0, None, None, None]
    original = picture(path, PathChoice(is_original=True))
    np.testing.assert_allclose(original.values, path.weights[:, :, 0] * 1.5)
    norms = picture(path, PathChoice("norm"))
    assert (norms.places.tolist(), norms.ends, norms.is_dense_left) == ([0.0, 1.5, 2.0], (0.0, 2.0), False)
    assert picture(path, PathChoice("norm"), is_done=False).ends == (0.0, 2.0)
    shares = picture(path, PathChoice("explained"), is_done=False)
    assert (shares.places.tolist(), shares.ends) == ([0.0, 0.5, 0.8], (0.0, 1.0)), "while it grows there is room"
    assert picture(path, PathChoice("explained")).ends == (0.0, 0.8)
    # λ stands between its neighbours by its logarithm.
    assert norms.place_of(10**-0.5) == pytest.approx(0.75)
    assert (norms.place_of(1.0), norms.place_of(0.01), norms.place_of(2.0), norms.place_of(0.005)) == (0, 2, None, None)
    nothing = path_of(np.zeros((3, 3, 1)))
    assert picture(nothing, PathChoice("norm")).ends == (0.0, 1.0)


def test_of_several_classes_the_norm_or_one_of_them_is_drawn() -> None:
    weights = np.zeros((3, 2, 3))
    weights[2] = [[3.0, 4.0, 0.0], [0.0, -1.0, 0.0]]
    assert picture(path_of(weights)).values[2].tolist() == [5.0, 1.0]
    assert picture(path_of(weights), PathChoice(output=1)).values[2].tolist() == [4.0, -1.0]


def test_the_axis_of_values_grows_in_steps_and_ends_close() -> None:
    assert [step_above(one) for one in (1.0, 1.01, 1.6, 2.5, 3.5, 6.0, 8.0, 0.012)] == pytest.approx(
        [1.0, 1.5, 2.0, 3.0, 5.0, 7.0, 10.0, 0.015]
    )
    low, high = value_ends(picture(path_of()))
    assert (low, high) == pytest.approx((-0.6, 2.1)), "a twenty-fifth of all is left free at either end"
    assert value_ends(picture(path_of(1.1 * WEIGHTS), is_done=False)) == pytest.approx((-0.7, 3.0))
    assert value_ends(picture(path_of(np.abs(WEIGHTS)), is_done=False)) == pytest.approx((0.0, 2.0))
    assert value_ends(picture(path_of(-np.abs(WEIGHTS)), is_done=False)) == pytest.approx((-2.0, 0.0))
    assert value_ends(picture(path_of(np.zeros((3, 3, 1))))) == (-1.0, 1.0)


def test_a_point_of_a_curve_is_told_with_all_that_happens_to_its_input() -> None:
    found = picture(path_of())
    assert value_text(found, 0, 1) == ("a: 1.00 (standardised)\nat λ 0.1\nenters between λ 0.1 and 1 (second or third)")
    assert value_text(found, 1, 1).split("\n")[2:] == ["enters at λ 0.5 (first)", "leaves at λ 0.01 or above"]
    assert value_text(found, 2, 0) == "c: 0.00 (standardised)\nat λ 1"
    original = picture(path_of(), PathChoice(is_original=True))
    assert value_text(original, 0, 2).split("\n")[0] == "a: 3.00 y per unit of a"
    unscaled = picture(path_of(input_scales=np.ones(3), target_scale=1.0))
    assert value_text(unscaled, 0, 2).split("\n")[0] == "a: 2.00"
    shrunk = picture(path_of(penalty=L2))
    assert value_text(shrunk, 0, 2) == "a: 2.00 (standardised)\nat λ 0.01", "under L2 nothing enters"
    network = replace(path_of(is_network=True), units=UnitCounts(np.array([0, 3, 7]), 8, np.ones(3, dtype=bool)))
    assert value_text(picture(network), 0, 2).split("\n")[:2] == [
        "a: 2.00 (norm of its weights in the first layer)", "at λ 0.01, 7 of 8 units live",
    ]  # fmt: skip
    weights = np.ones((3, 2, 3))
    assert value_text(picture(path_of(weights)), 0, 0).endswith(", norm over the classes")
    one = picture(path_of(weights), PathChoice(is_original=True, output=1))
    assert value_text(one, 0, 0) == "a: 1.50 log-odds per unit of a\nat λ 1, class s"


def test_events_are_said_as_exactly_as_they_are_known() -> None:
    path = path_of()
    assert [event_text(path, one) for one in EVENTS.events] == [
        "b enters at λ 0.5 (first)", "a enters between λ 0.1 and 1 (second or third)", "b leaves at λ 0.01 or above",
    ]  # fmt: skip
    far = replace(path, events=replace(EVENTS, latest=np.array([4, 1, 0])))
    assert event_text(far, EVENTS.events[1]).endswith("(second to fourth)")
    assert first_inputs(path) == [1, 0]
    exact, bounded = EVENTS.events[:1], EVENTS.events[1:]
    notes = [
        events_note(replace(path, events=replace(EVENTS, events=one)))
        for one in (exact, bounded, (), (*exact, *bounded))
    ]
    assert [note.split()[0] for note in notes] == ["Each", "Each", "No", "One"]
    assert ("exact" in notes[0], "between" in notes[1]) == (True, True)
    assert events_note(path_of(penalty=L2)).startswith("Under L2 every weight shrinks")
    assert "λ_collapse" in events_note(path_of(penalty=L2, is_network=True))


@pytest.mark.parametrize(("n_more", "is_said"), [(0, False), (1, True)])
def test_it_is_said_where_not_every_input_is_drawn(n_more: int, is_said: bool) -> None:
    weights = np.zeros((3, MOST_SHOWN + n_more + 5, 1))
    weights[2, : MOST_SHOWN + n_more] = 1.0
    sentence = many_sentence(path_of(weights))
    assert bool(sentence) is is_said
    if is_said:
        assert sentence == " The 1,000 of 1,001 inputs whose weights become largest are drawn."


@pytest.fixture
def plot(qtbot: Any) -> PathPlot:
    owner = QObject()
    found = PathPlot(owner, {"lambda": "λ", "norm": "‖w‖₁", "explained": "explained"})
    qtbot.addWidget(found.view)
    found.view.resize(500, 400)
    found.view.show()
    settle()
    yield found
    found.view.hide()


def test_curves_of_the_largest_are_told_apart_and_the_rest_is_one_faint_picture(plot: PathPlot) -> None:
    n_inputs = MOST_CURVES + MOST_FAINT + 3
    weights = np.zeros((3, n_inputs, 1))
    weights[2, :, 0] = np.linspace(1.0, 2.0, n_inputs)
    curves: PathCurves = plot.curves
    plot.show(picture(path_of(weights, L2), is_done=False), (), "weight")
    assert curves.numbers.tolist() == [*range(n_inputs - 1, n_inputs - 1 - MOST_CURVES, -1)]
    assert len(curves.faint) == MOST_FAINT
    x, y = curves.rest.getData()
    assert len(x) == 4 * MOST_FAINT
    assert np.flatnonzero(np.isnan(x)).tolist() == [*range(3, 4 * MOST_FAINT, 4)]
    assert y[:3].tolist() == weights[:, curves.faint[0], 0].tolist()
    assert len({(one.opts["pen"].color().name(), one.opts["pen"].style()) for one in curves.items}) > 20
    assert {one.opts["pen"].widthF() for one in curves.items} == {1.5}
    plot.show(picture(path_of(weights, L2)), (5,), "weight")
    assert len(curves.faint) == n_inputs - MOST_CURVES, "of a sweep that has ended there is time for more"
    assert curves.numbers[0] == 5
    chosen, *others = curves.items
    assert chosen.opts["pen"].color().name() == theme.colours().selected.lower()
    assert chosen.opts["pen"].widthF() == 3.5 > max(one.opts["pen"].widthF() for one in others)
    assert chosen.zValue() > max(one.zValue() for one in others)
    for n_few, width in ((FEW_CURVES, 2.0), (FEW_CURVES + 1, 1.5)):
        plot.show(picture(path_of(weights[:, :n_few], L2)), (), "weight")
        assert {one.opts["pen"].widthF() for one in curves.items[:n_few]} == {width}
    plot.show(picture(path_of()), (), "weight")
    assert curves.numbers.tolist() == [0, 1], "an input without a weight has no curve"
    assert curves.items[0].opts["pen"].widthF() == 2.0
    assert [len(one.getData()[0] if one.getData()[0] is not None else ()) for one in curves.items[:3]] == [3, 3, 0]
    # The line ends where an input has left, and begins where it enters.
    assert [one.opts["connect"].tolist() for one in curves.items[:2]] == [[1, 1, 0], [1, 1, 0]]
    gone = np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 1.0, 0.0]])[:, :, np.newaxis]
    plot.show(picture(path_of(gone)), (), "weight")
    assert [one.opts["connect"].tolist() for one in curves.items[:2]] == [[1, 0, 0], [0, 1, 0]]
    units = UnitCounts(np.array([1, 2, 3]), 4, np.array([True, False, True]))
    plot.show(picture(replace(path_of(is_network=True), units=units)), (), "weight")
    assert curves.items[0].opts["connect"].tolist() == [1, 0, 0], "between two λ that do not follow there is no line"
    plot.clear()
    assert (len(curves.numbers), plot.line.isVisible()) == (0, False)


def test_the_line_of_lambda_stands_in_force_and_its_name_inside(plot: PathPlot) -> None:
    plot.show(picture(path_of()), (), "weight")
    for lam, is_right in ((0.9, True), (0.011, False)):
        plot.show_lambda(lam)
        assert (plot.line.isVisible(), plot.line_label.isVisible()) == (True, True)
        assert plot.line.value() == pytest.approx(np.log10(lam))
        assert plot.line_label.toPlainText() == f"λ {lam}"
        assert (plot.line_label.anchor.x() == 1.0) is is_right
        assert plot.line_label.pos().y() == plot.plot.viewRange()[1][1]
    for lam in (2.0, 0.0, None):
        plot.show_lambda(lam)
        assert not plot.line.isVisible()
        assert not plot.line_label.isVisible()
    assert plot.zero.value() == 0.0
    left, right = plot.plot.viewRange()[0]
    # Room beyond both ends, and on the left for the names of the curves.
    assert right == pytest.approx(0.04)
    assert -4.0 < left < -2.04
    low, high = plot.plot.viewRange()[1]
    assert low == pytest.approx(-0.6)
    assert 2.1 < high < 3.4, "the name of λ stands above the curves"


def test_the_curve_next_to_a_place_is_found_and_none_from_afar(plot: PathPlot) -> None:
    plot.show(picture(path_of()), (), "weight")
    settle()
    box = plot.plot.vb

    def near(x: float, y: float, right_px: float = 0.0, down_px: float = 0.0) -> tuple[int, int] | None:
        return plot.near(box.mapViewToScene(QPointF(x, y)) + QPointF(right_px, down_px))

    assert near(-1.0, 1.0) == (0, 1)
    assert near(-1.0, -0.5) == (1, 1)
    assert near(-1.4, 1.4) == (0, 1), "between two points, on the line"
    assert near(-1.6, 1.6) == (0, 2)
    assert near(-1.0, 1.0, 3.0, 3.0) == (0, 1)
    assert near(-1.0, -0.5, 0.0, 7.0) == (1, 1)
    assert near(-1.0, -0.5, 0.0, 9.0) is None
    assert near(0.0, 0.0, 7.0) is not None
    assert near(0.0, 0.0, 9.0) is None
    assert near(-1.0, 0.3) is None
    assert plot.near(QPointF(-50.0, 20.0)) is None, "that is outside"
    found: list[Any] = []
    plot.input_clicked.connect(found.append)

    class Click:
        def __init__(self, x: float, y: float, button: Qt.MouseButton) -> None:
            self.place, self.which = box.mapViewToScene(QPointF(x, y)), button

        def button(self) -> Qt.MouseButton:
            return self.which

        def scenePos(self) -> QPointF:
            return self.place

    for x, y, button in ((-1.0, 1.0, Qt.MouseButton.LeftButton), (-1.0, 0.3, Qt.MouseButton.LeftButton),
                         (-1.0, 1.0, Qt.MouseButton.RightButton)):  # fmt: skip
        plot.view.scene().sigMouseClicked.emit(Click(x, y, button))
    assert found == [0, None]
    plot.clear()
    assert near(-1.0, 1.0) is None


def test_one_point_is_found_too(plot: PathPlot) -> None:
    path = path_of()
    first = replace(path, lambdas=LAMBDAS[:1], weights=np.array([[[1.0], [-1.0], [0.0]]]), explained=np.zeros(1),
                    l1_norms=np.array([2.0]), n_active=np.array([2]))  # fmt: skip
    plot.show(picture(first, is_done=False), (), "weight")
    settle()
    place = plot.plot.vb.mapViewToScene(QPointF(0.0, -1.0))
    assert plot.near(place) == (1, 0)
    assert plot.near(place + QPointF(-6.0, -6.0)) is None, "it is farther off than either distance alone"


def test_powers_of_ten_stand_where_they_have_room() -> None:
    ticks = PathTicks()
    ticks.show_axis(True, (-6.0, 0.0))
    assert ticks.tickValues(-7.0, 0.1, 600) == [(1.0, [-6.0, -5.0, -4.0, -3.0, -2.0, -1.0, 0.0])]
    assert ticks.tickValues(-7.0, 0.1, 200) == [(1.0, [-6.0, -4.0, -2.0, 0.0])]
    assert ticks.tickValues(-7.0, 0.1, 10) == [(1.0, [-6.0, -3.0, 0.0])]
    ticks.show_axis(True, (-6.01, 0.01))
    assert ticks.tickValues(-7.0, 0.1, 600)[0][1][0] == -6.0
    ticks.show_axis(False, (0.0, 2.0))
    step, numbers = ticks.tickValues(-0.5, 2.0, 400)[0]
    assert numbers == pytest.approx([step * one for one in range(len(numbers))])
    assert numbers[-1] == pytest.approx(2.0), "names of curves stand beyond it, and no number"
    assert 4 <= len(numbers) <= 12
