"""What a sweep says of the λ that rules choose: flags that keep out of each other's way, and what each costs."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pyqtgraph as pg
import pytest
from sweep_curves import LAMBDAS, N_LAMBDAS, make_curve

from regdesk.cli import headless
from regdesk.core.linear.cross_validation import sweep
from regdesk.core.model.shortfalls import NoCriteria, SeparatedFolds
from regdesk.core.sweep.curve import SweepCurve, curve_of
from regdesk.core.sweep.view import SweepView
from regdesk.core.types import DataSettings, TrainSettings
from regdesk.core.words.number_text import cost_text
from regdesk.core.words.shortfalls import no_criteria_sentence, shortfalls_text
from regdesk.data.csv.reader import read_table
from regdesk.data.prepare.folds import prepare_folds
from regdesk.views.plots.axes import quiet_plot
from regdesk.views.sweep.axes import LambdaRange, LossRange, swept_ends
from regdesk.views.sweep.flags import SweepFlags
from regdesk.views.sweep.recommended import ALTERNATIVES, doubt_about_best, explained
from regdesk.views.sweep.words import point_text, short_sentence, sweep_sentence


class Stage:
    """A plot of a given size with flags in it, and nothing else."""

    def __init__(self, qtbot: Any) -> None:
        self.view = pg.GraphicsLayoutWidget()
        qtbot.addWidget(self.view)
        self.plot = self.view.addPlot()
        quiet_plot(self.plot, "λ", "loss")
        self.flags = SweepFlags(self.plot)
        self.view.resize(360, 240)
        with qtbot.waitExposed(self.view):
            self.view.show()

    def show(self, curve: SweepCurve) -> None:
        lambdas, losses = LambdaRange(), LossRange()
        lambdas.reset(swept_ends(curve))
        losses.fit(float(curve.train_loss.min()), float(curve.validation_loss.max()))
        self.plot.setRange(xRange=lambdas.ends, yRange=(losses.bottom, losses.top), padding=0)
        # A range is put in force with the next picture.
        self.plot.vb.updateMatrix()
        self.flags.show(curve, lambdas, losses, False)

    @property
    def shown(self) -> list[Any]:
        flags = (self.flags.best, self.flags.one_standard_error, self.flags.aic, self.flags.bic)
        return [flag for flag in flags if flag.line.isVisible()]


@pytest.fixture
def stage(qtbot: Any) -> Stage:
    return Stage(qtbot)


def text_of(flag: Any) -> str:
    text: str = flag.label.textItem.toPlainText()
    return text


def test_wherever_the_flags_are_no_words_overlap_or_leave_the_plot(stage: Stage, qtbot: Any) -> None:
    generator = np.random.default_rng(0)
    n_named = n_flags = 0
    for width, height in ((360, 240), (500, 340), (900, 500)):
        stage.view.resize(width, height)
        qtbot.waitUntil(lambda width=width: stage.plot.vb.width() > width - 100)
        for _ in range(40):
            centre = int(generator.integers(8, N_LAMBDAS - 4))
            near = [int(number) for number in np.clip(centre + generator.integers(-4, 4, 3), 0, N_LAMBDAS - 1)]
            curve = make_curve(centre, centre - int(generator.integers(0, 8)), near[0], near[1])
            stage.show(curve)
            area = stage.plot.vb.sceneBoundingRect().adjusted(-0.5, -0.5, 0.5, 0.5)
            assert [10 ** flag.line.value() for flag in stage.shown] == pytest.approx(
                [LAMBDAS[number] for number, _ in curve.chosen]
            )
            worded = [flag for flag in stage.shown if flag.label.isVisible()]
            boxes = [flag.label.mapRectToScene(flag.label.boundingRect()) for flag in worded]
            for flag, box in zip(worded, boxes, strict=True):
                assert area.contains(box)
                line = stage.plot.vb.mapViewToScene(pg.Point(flag.line.value(), 0)).x()
                assert min(abs(box.left() - line), abs(box.right() - line)) < 3
            assert not any(one.intersects(other) for one, other in combinations(boxes, 2))
            names = [name for _, name in curve.chosen]
            assert all(text_of(flag).startswith(name) for flag, name in zip(stage.shown, names, strict=True))
            n_named, n_flags = n_named + len(worded), n_flags + len(stage.shown)
    assert n_named == n_flags > 250


def test_a_flag_that_a_hand_has_moved_out_of_sight_takes_no_words_from_the_others(stage: Stage) -> None:
    curve = make_curve(25, 15, 28, 20)
    stage.show(curve)
    crowded = text_of(stage.flags.best)
    place = float(np.log10(curve.lambdas[curve.best]))
    lambdas, losses = LambdaRange(), LossRange()
    lambdas.reset(swept_ends(curve))
    stage.plot.setRange(xRange=(place - 0.05, place + 0.05), padding=0)
    stage.plot.vb.updateMatrix()
    stage.flags.show(curve, lambdas, losses, False)
    assert stage.shown == [stage.flags.best]
    assert len(text_of(stage.flags.best)) > len(crowded)
    assert stage.flags.boxes


def test_equal_choices_are_one_flag_with_all_their_names(stage: Stage, qtbot: Any) -> None:
    stage.view.resize(900, 500)
    qtbot.waitUntil(lambda: stage.plot.vb.width() > 800)
    stage.show(make_curve(20, 20, 20, 12))
    assert [text_of(flag).splitlines()[0] for flag in stage.shown] == ["λ_best = λ_1se = AIC 0.01:", "BIC 0.0631:"]
    assert text_of(stage.flags.best).endswith("20 weights")
    assert "% more loss, 8 fewer weights" in text_of(stage.flags.bic).replace("\n", " ")
    stage.show(make_curve(20, 14, None, None))
    assert [text_of(flag).split()[0] for flag in stage.shown] == ["λ_best", "λ_1se"]


def test_what_speaks_for_one_standard_error_is_said_and_that_it_saves_no_weight_here() -> None:
    curve = make_curve(20, 14, None, None)
    sparse = sweep_sentence(SweepView(curve, False, False, False, ""))
    assert "6 fewer weights, which is within one standard error and may be chance." in sparse
    dense = SweepView(replace(curve, n_nonzero=np.full_like(curve.n_nonzero, 9)), False, False, False, "")
    assert "; it saves no weight here, so take λ_best." in sweep_sentence(dense)
    assert " · λ_1se 0.0398 saves no weight · loss 0.200 ± " in short_sentence(dense)


def test_the_sentence_holds_every_flag_and_why_one_is_missing() -> None:
    curve = make_curve(20, 14, 24, 20)
    assert curve.chosen == [(20, "λ_best = BIC"), (14, "λ_1se"), (24, "AIC")]
    view = SweepView(curve, False, False, False, "")
    words = sweep_sentence(view)
    extra = 100 * (curve.validation_loss[24] / curve.validation_loss[20] - 1)
    assert f"AIC 0.00398: {extra:.1f} % more loss, 4 more weights." in words
    assert words.startswith("Recommended: λ_best = BIC 0.01 with the lowest validation loss, 0.200 ± ")
    assert " and 20 weights. Alternatives: λ_1se 0.0398: " in words
    assert short_sentence(view).split(" · ")[1].startswith("λ_1se 0.0398: ")
    lines = point_text(curve, 24).splitlines()
    assert "AIC: judges by the training rows alone, without folds: for a second opinion" in lines
    assert lines[0].startswith("λ 0.00398 (AIC): ")
    assert lines[-1] == "AIC 100.0 (lowest), BIC 104.0 (+4.0), df 25"
    none = make_curve(20, 20, None, None)
    assert (none.lowest_aic, none.lowest_bic) == (None, None)
    assert sweep_sentence(SweepView(none, False, False, False, "")).endswith(
        f"20 weights. {no_criteria_sentence(NoCriteria.GROUPED)}"
    )
    assert short_sentence(SweepView(none, False, False, False, "")).startswith(
        "Recommended: λ_best = λ_1se 0.01: 0.200 ± "
    )
    assert no_criteria_sentence(NoCriteria.GROUPED) not in point_text(none, 3)


@pytest.mark.parametrize(
    ("extra", "n_fewer", "words"),
    [
        (0.008, 6, "0.8 % more loss, 6 fewer weights"),
        (0.008, 1, "0.8 % more loss, 1 fewer weight"),
        (0.0, -1, "the same loss, 1 more weight"),
        (0.0003, 0, "0.03 % more loss, the same number of weights"),
        (2.153, -2, "215 % more loss, 2 more weights"),
        (-0.153, 1, "15.3 % less loss, 1 fewer weight"),
        (math.inf, 0, "loss instead of none, the same number of weights"),
        (math.nan, 3, "loss unknown, 3 fewer weights"),
    ],
)
def test_what_it_costs(extra: float, n_fewer: int, words: str) -> None:
    assert cost_text(extra, n_fewer) == words


def test_of_a_best_without_loss_any_loss_is_infinitely_more() -> None:
    curve = make_curve(20, 14, 24, 20, least=0.0)
    assert curve.cost_of(14) == (math.inf, 6)
    assert curve.cost_of(20) == (0.0, 0)


def test_the_words_under_the_pointer_say_why_a_point_is_not_converged_as_the_report_does(
    tmp_path: Path, capsys: Any, engine: None
) -> None:
    file = tmp_path / "apart.csv"
    file.write_text("x,side\n" + "".join(f"{n / 7:.3f},{'left' if n < 20 else 'right'}\n" for n in range(40)))
    options = ["--target", "side", "--hidden", "", "--penalty", "l1"]
    assert headless.run(["sweep", str(file), *options, "--lambdas", "0.1,0.01,0", "--folds", "3"]) == 0
    report = capsys.readouterr().out
    folds = prepare_folds(read_table(file), DataSettings(target="side"), 0, 3)
    settings = TrainSettings(penalty="l1")
    points = list(sweep(folds.whole, folds.folds, settings, np.array([0.1, 0.01, 0.0])))
    curve = curve_of(points, settings, 3, 3, True)
    assert curve.converged.tolist() == [True, True, False]
    words = point_text(curve, 2)
    assert "not converged" in words
    reason = shortfalls_text(points[2].shortfalls)
    assert "told apart" in reason
    assert f"At λ = 0: {reason}" in report
    assert reason in words.splitlines()
    assert not any("told apart" in line for line in point_text(curve, 1).splitlines())


def test_folds_without_a_best_model_are_counted_under_the_pointer() -> None:
    curve = make_curve(20, 14, 24, 20)
    folds = SeparatedFolds((2, 5), 5)
    unavailable_reason = shortfalls_text((folds,))
    shortfalls = tuple((folds,) if number == 30 else () for number in range(len(curve.lambdas)))
    assert unavailable_reason in point_text(replace(curve, shortfalls=shortfalls), 30).splitlines()
    assert unavailable_reason not in point_text(replace(curve, shortfalls=shortfalls), 29)
    assert unavailable_reason.startswith("in folds 2 and 5 training rows")


@pytest.mark.parametrize(
    ("best", "n_nonzero", "words"),
    [
        (0, 3, "It is the largest λ that was tried: a better one may lie beyond."),
        (N_LAMBDAS - 1, 3, "It is the smallest λ that was tried: a better one may lie below, or be no penalty at all."),
        (5, 0, "No λ does better than the model without inputs."),
        (5, 3, ""),
    ],
)
def test_a_best_at_an_end_is_doubted(best: int, n_nonzero: int, words: str) -> None:
    curve = make_curve(best, best, None, None)
    counts = curve.n_nonzero.copy()
    counts[best] = n_nonzero
    curve = replace(curve, n_nonzero=counts)
    assert doubt_about_best(curve) == words
    assert words in sweep_sentence(SweepView(curve, False, False, False, ""))
    assert doubt_about_best(replace(curve, is_done=False)) == ""


def test_each_alternative_says_what_it_is_for() -> None:
    assert explained("λ_best = AIC") == ""
    assert explained("λ_1se = BIC so far").split("; ")[1].startswith("BIC: ")
    assert list(ALTERNATIVES) == ["λ_1se", "AIC", "BIC"]
