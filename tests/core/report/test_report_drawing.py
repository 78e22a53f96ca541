"""Scales, ticks and places of labels, and that pictures draw the numbers they are given."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest

from regdesk.core.report.drawing import MOST_TICKS, VALIDATION, Drawing, Scale, apart, cut, range_of, step_of, tick_text
from regdesk.core.report.model_pictures import (
    PartOutcome,
    confusion_picture,
    inputs_picture,
    parity_picture,
    roc_picture,
    weights_picture,
)

SVG = "{http://www.w3.org/2000/svg}"


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def texts(svg: str) -> list[str]:
    return [one.text or "" for one in parsed(svg).iter(f"{SVG}text")]


def test_powers_of_ten_at_both_ends_of_an_axis_have_their_ticks():
    np.testing.assert_allclose(
        Scale(1e-2, 1e3, 0.0, 100.0, True).ticks, [1e-2, 1e-1, 1.0, 10.0, 100.0, 1e3], rtol=1e-12
    )
    np.testing.assert_allclose(Scale(-0.2, 0.6, 0.0, 100.0).ticks, [-0.2, 0.0, 0.2, 0.4, 0.6], atol=1e-12)


@pytest.mark.parametrize(
    ("low", "high"), [(0.0, 1.0), (-3.7, 12.2), (1e-12, 3e-12), (-1e300, 1e300), (99.999, 100.001), (-1e307, 1e307)]
)
def test_ticks_are_round_and_few_and_inside(low, high):
    scale = Scale(low, high, 0.0, 100.0)
    ticks = scale.ticks
    slack = 1e-9 * (high / 2 - low / 2)
    assert 2 <= len(ticks) <= MOST_TICKS + 1
    assert all(low - slack <= tick <= high + slack for tick in ticks)
    assert f"{step_of(low, high):.0e}"[0] in "125"


def test_ticks_of_a_logarithmic_axis_are_powers_of_ten():
    assert Scale(3e-5, 2.0, 0.0, 1.0, is_log=True).ticks == pytest.approx([1e-4, 1e-3, 1e-2, 0.1, 1.0])
    assert Scale(0.2, 0.7, 0.0, 1.0, is_log=True).ticks == [0.2, 0.7]
    assert tick_text(0.1 + 0.2) == "0.3"
    assert tick_text(-0.5) == "−0.5"


def test_a_scale_puts_values_where_they_belong_and_keeps_the_others_at_the_edge():
    scale = Scale(1e-3, 10.0, 100.0, 500.0, is_log=True)
    np.testing.assert_allclose(scale.places(np.array([1e-3, 0.1, 10.0, 1e9])), [100.0, 300.0, 500.0, 500.0])
    assert Scale(-1e308, 1e308, 0.0, 10.0).place(0.0) == 5.0


@pytest.mark.parametrize("values", [[], [np.nan, np.inf], [2.0, 2.0], [0.0], [-1e308, 1e308], [1.0, np.nan, 3.0]])
def test_a_range_is_finite_and_has_a_width_and_holds_the_values(values):
    low, high = range_of([np.array(values, dtype=np.float64)])
    assert np.isfinite([low, high]).all()
    assert low < high
    finite = [one for one in values if np.isfinite(one) and abs(one) <= 1e307]
    assert all(low <= one <= high for one in finite)


def test_labels_keep_their_distance_and_their_order():
    places = [50.0, 51.0, 52.0, 10.0, 199.0, 200.0]
    found = apart(places, 0.0, 200.0)
    order = np.argsort(places)
    gaps = np.diff(np.array(found)[order])
    assert gaps.min() >= 14.0 - 1e-9
    assert min(found) >= 0.0
    assert max(found) <= 200.0
    assert found[3] == 10.0


def test_cut_names_differ_as_the_names_do():
    names = [f"a very long name of which only number {number} differs, in milligrams" for number in range(20)]
    assert len(set(cut(names, 90.0))) == 20
    assert cut(["short"], 90.0) == ["short"]


def test_names_of_wide_letters_are_cut_sooner():
    longest = {one: max(len(cut([one * n], 90.0)[0]) for n in range(1, 40)) for one in "inWm数"}
    # The widths in DejaVu Sans, and one em of Chinese.
    widths = {"i": 0.28, "n": 0.634, "W": 0.989, "m": 0.974, "数": 1.0}
    assert {one: 12 * widths[one] * n <= 90.0 for one, n in longest.items()} == dict.fromkeys(widths, True)
    assert longest["i"] > 16


def test_a_line_has_gaps_where_there_is_no_number():
    drawing = Drawing(10, 10, "t")
    drawing.line([0.0, 1.0, 2.0, 3.0, 4.0], [0.0, 1.0, np.nan, 3.0, 4.0], VALIDATION)
    found = [one.get("points") for one in parsed(drawing.svg()).iter(f"{SVG}polyline")]
    assert found == ["0.00,0.00 1.00,1.00", "3.00,3.00 4.00,4.00"]


def test_bars_are_as_long_as_weights_and_the_largest_is_on_top():
    weights = np.array([[0.5], [-2.0], [1.0]])
    root = parsed(weights_picture(["a", "b", "c"], weights, ("y",)).svg)
    widths = [float(one.get("width", "nan")) for one in root.iter(f"{SVG}rect")]
    assert np.array(widths) / widths[0] == pytest.approx([1.0, 0.5, 0.25], abs=2e-3)
    names = [one.text for one in root.iter(f"{SVG}text") if one.text in ("a", "b", "c")]
    assert names == ["b", "c", "a"]


def test_inputs_of_a_network_are_bars_of_their_norms_the_longest_at_the_top():
    weights = np.array([[3.0, 4.0], [0.0, 1.0], [6.0, 8.0]])
    picture = inputs_picture(["a", "b", "c"], weights)
    root = parsed(picture.svg)
    widths = [float(one.get("width", "nan")) for one in root.iter(f"{SVG}rect")]
    assert np.array(widths) / widths[0] == pytest.approx([1.0, 0.5, 0.1], abs=2e-3)
    assert [one for one in texts(picture.svg) if one in ("a", "b", "c")] == ["c", "a", "b"]
    assert [one for one in texts(picture.svg) if " of 2" in one] == ["2 of 2", "2 of 2", "1 of 2"]


def test_each_class_has_its_dot_where_its_weight_is_not_zero():
    weights = np.array([[0.5, 0.0, -0.5], [0.0, 1.0, 0.0]])
    picture = weights_picture(["a", "b"], weights, ("red", "green", "blue"))
    # A dot for each of three weights, and one beside each name of a class.
    assert len(list(parsed(picture.svg).iter(f"{SVG}circle"))) == 3 + 3
    assert {"red", "green", "blue"} <= set(texts(picture.svg))


def test_rows_stand_where_they_were_observed_and_predicted():
    targets, predictions = np.array([1.0, 2.0, 4.0]), np.array([2.0, 2.0, 3.0])
    part = PartOutcome("test", targets, predictions[:, np.newaxis], predictions)
    root = parsed(parity_picture([part], "y").svg)
    dots = [(float(one.get("cx", 0)), float(one.get("cy", 0))) for one in root.iter(f"{SVG}circle")][:3]
    x, y = np.array(dots).T
    assert (x[2] - x[0]) / (x[1] - x[0]) == pytest.approx(3.0, abs=0.02)
    # Upwards is a smaller number.
    assert y[0] == y[1]
    assert y[2] < y[0]


def test_counts_of_classes_are_those_of_the_rows():
    targets = np.array([0.0, 0.0, 1.0, 1.0, 2.0, 2.0, 2.0])
    outputs = np.eye(3)[[0, 1, 1, 1, 2, 2, 0]]
    part = PartOutcome("test", targets, outputs, np.empty(0))
    svg = confusion_picture(part, ("a", "b", "<c>")).svg
    numbers = [int(one) for one in texts(svg) if re.fullmatch(r"\d+", one)]
    assert numbers == [1, 1, 0, 0, 2, 0, 1, 0, 2]
    assert texts(svg).count("<c>") == 2
    # The title stands beside the names, which end before the cells.
    places = [
        {one.text: float(one.get("x", 0)) for one in parsed(confusion_picture(part, names).svg).iter(f"{SVG}text")}
        for names in (("a", "b", "c"), ("a", "b", "a class with a long name"))
    ]
    assert all(float(of["2"]) - float(of["observed"]) > 0 for of in places)
    assert places[0]["2"] < places[1]["2"] - 100


def test_a_part_without_one_of_the_classes_has_no_roc():
    both = PartOutcome("training", np.array([0.0, 1.0]), np.array([[0.0], [1.0]]), np.empty(0))
    one = PartOutcome("test", np.array([1.0, 1.0]), np.array([[0.0], [1.0]]), np.empty(0))
    assert "training" in texts(roc_picture([both, one], "b").svg)
    assert "test" not in texts(roc_picture([both, one], "b").svg)
