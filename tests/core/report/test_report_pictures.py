"""Curves of a sweep in print: each point stands where its λ and its loss belong, and λ = 0 has a place."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import numpy as np
import pytest
from tables import write_sparse

from regdesk.core.report.drawing import CHOSEN, TRAINING, VALIDATION
from regdesk.core.report.sweep_pictures import loss_picture, path_picture
from regdesk.core.settings.configuration import Configuration, SweepSettings
from regdesk.core.sweep.curve import SweepCurve
from regdesk.core.types import Architecture, DataSettings, TrainSettings
from regdesk.data.csv.reader import read_table
from regdesk.tasks.linear_sweep import sweep_table
from regdesk.tasks.sweep_curves import curve_of_result

SVG = "{http://www.w3.org/2000/svg}"


def curve_at(path, *lambdas: float) -> SweepCurve:
    configuration = Configuration(
        data=DataSettings(target="y"),
        architecture=Architecture(hidden=()),
        training=TrainSettings(penalty="l1"),
        sweep=SweepSettings(lambdas=lambdas),
    )
    return curve_of_result(sweep_table(read_table(write_sparse(path / "t.csv")), configuration))


def lines(svg: str, colour: str) -> list[np.ndarray]:
    return [
        np.array([[float(one) for one in pair.split(",")] for pair in (line.get("points") or "").split()])
        for line in ElementTree.fromstring(svg).iter(f"{SVG}polyline")
        if line.get("stroke") == colour
    ]


def texts(svg: str) -> list[str]:
    return [one.text or "" for one in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_losses_stand_where_they_belong(tmp_path):
    curve = curve_at(tmp_path, 0.001, 0.01, 0.1, 0.3)
    svg = loss_picture(curve, 0.1).svg
    (training,), (validation,) = lines(svg, TRAINING), lines(svg, VALIDATION)
    # A decade of λ is as wide anywhere.
    assert np.diff(training[:, 0])[1:] == pytest.approx([training[2, 0] - training[1, 0]] * 2, abs=0.02)
    tops = np.concatenate([training[:, 1], validation[:, 1]])
    losses = np.concatenate([curve.train_loss, curve.validation_loss])
    slope, level = np.polyfit(losses, tops, 1)
    assert slope < 0
    np.testing.assert_allclose(slope * losses + level, tops, atol=0.02)


def test_each_weight_has_its_line(tmp_path):
    curve = curve_at(tmp_path, 0.001, 0.01, 0.1, 0.3)
    svg = path_picture(curve, curve.path, 0.01).svg
    found = [line.get("points") for line in ElementTree.fromstring(svg).iter(f"{SVG}polyline")]
    assert len([one for one in found if one and one.count(",") == 4]) == 8
    assert set("abcdefgh") <= set(texts(svg))
    usual = [f"name of column {number:03d}" for number in range(8)]
    facts = replace(curve.path.facts, input_names=tuple(usual))
    named = texts(path_picture(curve, replace(curve.path, facts=facts), 0.01).svg)
    assert set(usual) <= set(named), "there is room for names of usual length"


@pytest.mark.parametrize(("lambdas", "chosen"), [((0.0, 0.01, 0.1), 0.01), ((0.01, 0.1), 0.0), ((0.0,), 0.0)])
def test_no_penalty_at_all_has_a_place_at_the_left_that_says_so(tmp_path, lambdas, chosen):
    curve = curve_at(tmp_path, *lambdas)
    svg = loss_picture(curve, chosen).svg
    zero = [one for one in ElementTree.fromstring(svg).iter(f"{SVG}text") if one.text == "0"]
    (mark,) = lines(svg, "#B0558A")
    if chosen == 0:
        assert mark[0, 0] == pytest.approx(float(zero[-1].get("x", "nan")), abs=0.02)
    else:
        assert mark[0, 0] > float(zero[-1].get("x", "nan")) + 50


def test_a_single_point_is_seen(tmp_path):
    svg = loss_picture(curve_at(tmp_path, 0.1), 0.1).svg
    assert len(list(ElementTree.fromstring(svg).iter(f"{SVG}circle"))) == 2


def test_a_name_that_stands_far_from_its_curve_is_led_to_it(tmp_path):
    curve = curve_at(tmp_path, 0.01, 0.1)
    assert len(lines(loss_picture(curve, 0.1).svg, TRAINING)) == 1
    svg = loss_picture(curve, 100.0).svg
    for colour, name in ((TRAINING, "training"), (VALIDATION, "validation ± SE")):
        drawn, lead = lines(svg, colour)
        (label,) = [one for one in ElementTree.fromstring(svg).iter(f"{SVG}text") if one.text == name]
        assert lead[0] == pytest.approx(drawn[0] + [4.0, 0.0], abs=0.02)
        assert lead[1] == pytest.approx([float(label.get("x", 0)) - 3.0, float(label.get("y", 0)) - 4.0], abs=0.02)


def test_what_is_no_number_leaves_a_gap(tmp_path):
    curve = curve_at(tmp_path, 0.001, 0.003, 0.01, 0.1, 0.3)
    losses = curve.validation_loss.copy()
    losses[2] = np.nan
    found = lines(loss_picture(replace(curve, validation_loss=losses), 0.1).svg, VALIDATION)
    assert [len(one) for one in found] == [2, 2]


def test_lambdas_that_matter_are_named_beside_their_lines(tmp_path):
    curve = curve_at(tmp_path, 0.001, 0.01, 0.1, 0.3)
    svg = loss_picture(curve, 0.01).svg
    labels = [one for one in ElementTree.fromstring(svg).iter(f"{SVG}text") if "in this report" in (one.text or "")]
    (label,), (mark,) = labels, lines(svg, CHOSEN)
    half_px = 3.5 * len(label.text)
    assert abs(float(label.get("x")) - mark[0, 0]) <= half_px, "its words reach over its line"
    named = " ".join(texts(svg))
    assert all(rule in named for rule in ("best", "1se")), named
