"""The sentences, exact, for moments that the test makes up."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from regdesk.core.fit.scene import FitFrame
from regdesk.core.model.network import Network
from regdesk.core.model.shortfalls import Doubt, Separated
from regdesk.core.run.collapse_recovery import RestartAdvice
from regdesk.core.run.history import BestMoment
from regdesk.core.run.snapshot import TrainSnapshot
from regdesk.core.run.verdict import Verdict
from regdesk.core.types import Architecture, TrainSettings
from regdesk.core.weights.summaries import N_BINS, LayerSummary
from regdesk.core.words.number_text import fixed_text, number_text
from regdesk.core.words.run_sentences import change_sentence, objective_text
from regdesk.core.words.settings_text import settings_change
from regdesk.core.words.status_sentence import MERGE_S, READY, TRAINING, StatusSentence
from regdesk.core.words.verdict_words import short_verdict, verdict_reason
from regdesk.session.rates import Rates

NAN = float("nan")


def moment(
    n_nonzero: int = 48,
    train: float = 0.3,
    validation: float = 0.61,
    l2: float = 2.0,
    n_weights: int = 48,
    **others: Any,
) -> TrainSnapshot:
    settings = others.pop("settings", TrainSettings("l1", 0.01))
    network = Network.of(Architecture((4,)), 8)
    layer = LayerSummary("inputs → layer 1", n_weights, n_weights - n_nonzero, np.zeros(N_BINS), 1.0, 3.21, l2)
    nothing, none = np.empty(0), np.empty((0, 0), dtype=np.int64)
    fit = FitFrame(nothing, none, nothing, nothing, (nothing, nothing), none, NAN, NAN)
    values: dict[str, Any] = {
        "run": 1, "step": 100, "epoch": 100.0, "settings": settings, "network": network,
        "parameters": np.zeros(network.n_parameters), "train_loss": train, "validation_loss": validation,
        "penalty_value": 3.21, "objective": train + settings.effective_lam * 3.21, "n_weights": n_weights,
        "n_nonzero": n_nonzero, "layers": (layer,), "fit": fit, "rows": np.empty((0, 7)), "kkt_residual": 1.0,
        "is_converged": False, "is_collapsed": False, "has_diverged": False,
    }  # fmt: skip
    return TrainSnapshot(**values | others)


RAISED = TrainSettings("l1", 0.1)


@pytest.mark.parametrize(
    ("before", "now", "sentence"),
    [
        (
            moment(),
            moment(39, 0.35, 0.4, settings=RAISED),
            "λ 0.01 → 0.1: 9 of 48 weights fell to zero; the gap (validation − training) narrowed from 0.310 to "
            "0.0500.",
        ),
        (
            moment(10),
            moment(30, 0.2, 0.7, settings=TrainSettings("l1", 0.0)),
            "λ 0.01 → 0: 20 of 38 weights at zero came back; the gap (validation − training) widened from 0.310 to "
            "0.500.",
        ),
        (
            moment(0),
            moment(0, settings=TrainSettings("l1", 1e9)),
            "λ 0.01 → 1\u202f000\u202f000\u202f000: all weights are still zero; the gap "
            "(validation − training) stays at 0.310.",
        ),
        (
            moment(validation=0.6),
            moment(validation=0.605, settings=TrainSettings("l1", 1.0)),
            "λ 0.01 → 1: ‖W‖₂ 2.00 → 2.00, no weight at zero; the gap (validation − training) stays near 0.305.",
        ),
        (
            moment(40),
            moment(40, settings=TrainSettings("elastic-net", 0.01)),
            "L1 → elastic net: still 8 of 48 weights at zero; the gap (validation − training) stays at 0.310.",
        ),
        (
            moment(validation=NAN),
            moment(validation=NAN, l2=1.5, settings=TrainSettings("l2", 0.01, optimizer="sgd", batch_size=32)),
            "L1 → L2, Adam → SGD, batch size full → 32: ‖W‖₂ 2.00 → 1.50, no weight at zero.",
        ),
        (moment(), moment(30), ""),
        (
            moment(validation=0.6),
            moment(train=0.4, validation=0.4, settings=RAISED),
            "λ 0.01 → 0.1: ‖W‖₂ 2.00 → 2.00, no weight at zero; the gap (validation − training) closed from 0.300 to "
            "0.00.",
        ),
        (
            moment(train=0.1, validation=0.1037),
            moment(train=0.1, validation=0.0751, settings=RAISED),
            "λ 0.01 → 0.1: ‖W‖₂ 2.00 → 2.00, no weight at zero; the gap (validation − training) went from 0.0037 to "
            "−0.0249: the validation loss is now the lower one.",
        ),
        (
            moment(train=0.1, validation=0.0972),
            moment(train=0.1, validation=0.1019, settings=RAISED),
            "λ 0.01 → 0.1: ‖W‖₂ 2.00 → 2.00, no weight at zero; the gap (validation − training) went from −0.0028 to "
            "0.0019: the validation loss is now the higher one.",
        ),
        (
            moment(train=0.1, validation=0.05),
            moment(train=0.1, validation=0.08, settings=RAISED),
            "λ 0.01 → 0.1: ‖W‖₂ 2.00 → 2.00, no weight at zero; the gap (validation − training) went from −0.0500 to "
            "−0.0200: the validation loss is still the lower one.",
        ),
    ],
)
def test_what_a_change_did(before: TrainSnapshot, now: TrainSnapshot, sentence: str) -> None:
    assert change_sentence(before, now) == sentence


def test_settings_that_differ() -> None:
    before = TrainSettings("elastic-net", 0.5, 0.5, "adam", 0.01, 16)
    after = TrainSettings("elastic-net", 0.5, 0.25, "adam", 0.1, 0)
    assert settings_change(before, before) == ""
    assert settings_change(before, after) == "L1 share 0.5 → 0.25, learning rate 0.01 → 0.1, batch size 16 → full"


def test_objective() -> None:
    assert (
        objective_text(moment(train=0.412))
        == "J = data loss <b>0.412</b> + λ <b>0.01</b> × penalty ‖W‖₁ <b>3.21</b> = <b>0.444</b>"
    )
    assert objective_text(moment(settings=TrainSettings("none"))) == "J = data loss <b>0.300</b> (no penalty)"
    assert "½‖W‖₂²" in objective_text(moment(settings=TrainSettings("l2")))
    weighed = Network.of(Architecture((4,)), 8, 1, (), (2.0,) + (1.0,) * 7)
    for penalty, symbol in (
        ("l1", "Σ F|w|"), ("l2", "½ Σ F w²"), ("elastic-net", "(0.5 Σ F|w| + 0.25 Σ F w²)"),
        ("group-lasso", "Σ F√|g| ‖W_g‖₂"),
    ):  # fmt: skip
        # ‖W‖₁ is the plain norm everywhere: the histogram's is not what λ multiplies here.
        said = objective_text(moment(settings=TrainSettings(penalty), network=weighed))
        assert f"× penalty {symbol} <b>3.21</b>" in said
    assert "× penalty Σ√|g| ‖W_g‖₂ <b>3.21</b>" in objective_text(moment(settings=TrainSettings("group-lasso")))


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0"), (0.0123456, "0.0123"), (1.5, "1.5"), (1234.5, "1234"), (1e9, "1\u202f000\u202f000\u202f000"),
     (1e-5, "1e-5"), (123456.0, "1.23e5"), (NAN, "–"), (float("inf"), "–")],
)  # fmt: skip
def test_number_text(value: float, text: str) -> None:
    assert number_text(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0.00"), (0.0512, "0.0512"), (0.5, "0.500"), (1.0, "1.00"), (12.34, "12.3"),
     (1234.5, "1234"), (1e-7, "1.00e-07"), (-0.25, "-0.250"), (NAN, "–")],
)  # fmt: skip
def test_fixed_text(value: float, text: str) -> None:
    assert fixed_text(value) == text


def test_a_story_without_a_change() -> None:
    story = StatusSentence()
    assert story.sentence(moment(), False) == READY
    assert story.sentence(moment(), True) == TRAINING
    still = replace(moment(), is_converged=True, kkt_residual=3e-6)
    # A network may go on along a flat valley: it is not said to be where it stays.
    assert story.sentence(still, True) == f"{TRAINING} The gradient is nearly gone (residual 3e-06)."
    converged = replace(still, network=Network.of(Architecture(()), 8))
    assert story.sentence(converged, True) == f"{TRAINING} Converged (residual 3e-06)."
    # Initial weights that happen to be the answer have not converged to it.
    assert story.sentence(replace(converged, step=0), True) == TRAINING


def test_a_small_gradient_without_a_minimum_is_not_called_converged() -> None:
    still = replace(moment(), doubt=Doubt.TOLD_APART, kkt_residual=3e-6)
    words = (
        " The gradient is nearly gone (residual 3e-06), but every training row is on its right side, so that larger "
        "weights always lower the loss: without a penalty there is no minimum."
    )
    assert StatusSentence().sentence(still, True) == TRAINING + words
    apart = replace(still, doubt=Separated((0,), False, 40, 3, ("age", "b", "c")))
    sentence = StatusSentence().sentence(apart, True)
    assert sentence.startswith(
        f"{TRAINING} The gradient is nearly gone (residual 3e-06), but the classes are separated "
    )
    assert " by age: some of the rows of different classes can be told apart completely, " in sentence


def test_a_drag_tells_its_whole_way() -> None:
    story = StatusSentence()
    story.note_change(moment(), 10.0)
    story.note_change(moment(44, settings=TrainSettings("l1", 0.05)), 10.0 + 0.9 * MERGE_S)
    sentence = story.sentence(moment(39, settings=RAISED), True)
    assert sentence.startswith("λ 0.01 → 0.1: 9 of 48 weights fell to zero")
    story.note_change(moment(39, settings=RAISED), 20.0)
    sentence = story.sentence(moment(38, settings=TrainSettings("l1", 0.2)), True)
    assert sentence.startswith("λ 0.1 → 0.2: 1 of 39 weights fell to zero")


def test_a_change_while_paused_says_what_is_missing() -> None:
    story = StatusSentence()
    story.note_change(moment(), 0.0)
    assert story.sentence(moment(settings=RAISED), False) == "λ 0.01 → 0.1: press Run to see it act."


def test_a_drag_without_end_is_told_anew() -> None:
    story = StatusSentence()
    story.note_change(None, 0.0)
    for tenth in range(1, 150):
        story.note_change(moment(48 if tenth < 100 else 20), 0.1 * tenth)
    assert story.sentence(moment(15, settings=RAISED), True).startswith("λ 0.01 → 0.1: 5 of 20 weights")


def test_numbers_are_those_of_the_moment() -> None:
    """Two panels that name the losses of the same frame are seen beside the sentence."""
    story = StatusSentence()
    story.note_change(moment(), 0.0)
    for n_nonzero in (40, 30):
        said = story.sentence(moment(n_nonzero, settings=RAISED), True)
        assert f"{48 - n_nonzero} of 48 weights" in said, said


def test_another_run_has_no_past() -> None:
    story = StatusSentence()
    story.note_change(moment(), 0.0)
    assert story.sentence(moment(30, settings=RAISED, run=2), True) == TRAINING
    story.reset()
    assert story.sentence(moment(30, settings=RAISED), True) == TRAINING


ALL_ZERO = "Collapsed: all 48 weights are zero, hardly any gradient reaches them, and a smaller λ may not revive them"
NEAR_ZERO = (
    "Collapsed: all weights are nearly zero, hardly any gradient reaches them, and a smaller λ may not revive them"
)


def test_a_dead_end_is_said_at_once() -> None:
    story = StatusSentence()
    assert story.sentence(moment(), True) == TRAINING
    assert story.sentence(moment(0, is_collapsed=True), True) == (
        f"{ALL_ZERO} (a linear model would come back). To begin again, set a smaller λ and press Reset, then Run."
    )
    assert story.sentence(moment(48, is_collapsed=True), True) == (
        f"{NEAR_ZERO}. To begin again, set a smaller λ and press Reset, then Run."
    )
    settings = TrainSettings("none", 5.0, learning_rate=0.5)
    assert story.sentence(moment(has_diverged=True, settings=settings), True) == (
        "Diverged at step 100 with λ = 0 and learning rate 0.5: the loss left all bounds. The last sound weights are "
        "kept; set a smaller learning rate, then press Run."
    )
    # Of a weight that a hand has set no learning rate is to blame.
    story.note_load(moment(), "weight a set to 1e6 by hand", 5.0)
    far = story.sentence(moment(has_diverged=True, settings=settings), False)
    assert far.endswith("That is beyond all bounds: training does not go on from there; undo it (Ctrl+Z).")
    assert "weight a set to 1e6 by hand: J " in far
    assert "learning rate" in story.sentence(moment(has_diverged=True, settings=settings, step=101), True)


@pytest.mark.parametrize(("n_nonzero", "reason"), [(0, ALL_ZERO), (48, NEAR_ZERO)])
def test_a_dead_end_names_the_way_out(n_nonzero: int, reason: str) -> None:
    now = moment(n_nonzero, is_collapsed=True)
    lived, guess = RestartAdvice(0.00318979403771, has_lived=True), RestartAdvice(0.001, has_lived=False)
    assert StatusSentence().sentence(now, True, lived) == f"{reason}. They last lived at λ = 0.00319."
    assert StatusSentence().sentence(now, False, guess) == f"{reason}. Begin again with λ = 0.001."


DEEP = Network.of(Architecture((4, 4)), 8)


@pytest.mark.parametrize(
    ("settings", "network", "is_certain"),
    [
        (TrainSettings("l1", optimizer="sgd"), DEEP, True),
        (TrainSettings("l1", optimizer="momentum"), DEEP, True),
        (TrainSettings("l1", optimizer="adam"), DEEP, False),
        (TrainSettings("l1", optimizer="sgd", batch_size=32), DEEP, False),
        (TrainSettings("l1", optimizer="sgd"), Network.of(Architecture((4,)), 8), False),
    ],
)
def test_only_what_is_certain_is_said_for_certain(settings: TrainSettings, network: Network, is_certain: bool) -> None:
    sentence = StatusSentence().sentence(moment(0, is_collapsed=True, settings=settings, network=network), True)
    certain = "no gradient reaches any of them, and a smaller λ does not revive them (a linear model"
    assert sentence.startswith(f"Collapsed: all 48 weights are zero, {certain}" if is_certain else ALL_ZERO)


def test_a_learning_rate_that_was_too_high_is_named() -> None:
    advice = RestartAdvice(None, has_lived=False, too_high_rate=1.0)
    now = moment(0, is_collapsed=True, settings=TrainSettings("l1", learning_rate=1.0))
    assert StatusSentence().sentence(now, True, advice) == (
        f"{ALL_ZERO}. Lower the learning rate, now 1, for example to 0.1, and reset."
    )
    lowered = replace(now, settings=TrainSettings("l1", learning_rate=0.1))
    assert StatusSentence().sentence(lowered, True, advice) == (
        f"{ALL_ZERO}. The learning rate was too high at 1: press Reset, then Run."
    )


def grouped(n_dead: int, lam: float = 0.1, n_columns: int = 8) -> TrainSnapshot:
    """A network on eight inputs, the first ``n_dead`` of which have no weight; two inputs a column if there are 4."""
    groups = tuple(number * n_columns // 8 for number in range(8))
    network = Network.of(Architecture((4,)), 8, 1, groups)
    parameters = np.ones(network.n_parameters)
    network.weights(parameters, 0)[:n_dead] = 0.0
    settings = TrainSettings("group-lasso", lam)
    return moment(48 - 4 * n_dead, validation=NAN, settings=settings, network=network, parameters=parameters)


NAMES = ("age", "s2", "bmi", "a column whose name is longer than a line", "s5", "s6", "s7", "s8")


@pytest.mark.parametrize(
    ("n_dead", "words"),
    [
        (1, "4 of 48 weights fell to zero; input age is out."),
        (2, "8 of 48 weights fell to zero; inputs age, s2 are out."),
        (4, "16 of 48 weights fell to zero; inputs age, s2, bmi, a column who…than a line are out."),
        (7, "28 of 48 weights fell to zero; inputs age, s2, bmi, a column who…than a line, s5 and 2 more are out."),
        (8, "32 of 48 weights fell to zero; all inputs are out."),
    ],
)
def test_the_group_lasso_names_the_inputs_that_are_out(n_dead: int, words: str) -> None:
    story = StatusSentence()
    story.reset(NAMES)
    story.note_change(grouped(0, 0.01), 0.0)
    assert story.sentence(grouped(n_dead), True) == f"λ 0.01 → 0.1: {words}"
    before, now = grouped(0, 0.01), grouped(n_dead)
    assert change_sentence(before, now) == f"λ 0.01 → 0.1: {words.split(';')[0].rstrip('.')}."
    l1 = replace(now, settings=TrainSettings("l1", 0.1))
    assert "out" not in change_sentence(before, l1, NAMES)


def test_a_column_of_several_inputs_is_out_when_all_of_them_are() -> None:
    before, names = grouped(0, 0.01, 4), ("colour", "size", "shape", "age")
    assert "is out" not in change_sentence(before, grouped(1, n_columns=4), names)
    assert change_sentence(before, grouped(3, n_columns=4), names).endswith("; input colour is out.")


def test_a_gesture_begins_with_its_first_change_only() -> None:
    story = StatusSentence()
    assert story.note_change(moment(), 10.0)
    assert not story.note_change(moment(), 10.0 + 0.9 * MERGE_S)
    assert story.note_change(moment(), 10.0 + 2.0 * MERGE_S)


def test_rates() -> None:
    rates = Rates()
    assert (rates.steps_per_second(0.0), rates.frames_per_second()) == (0.0, 0.0)
    for tick in range(180):
        rates.note_tick(tick / 60)
        rates.note_step(10 * tick, tick / 60)
    assert rates.frames_per_second() == pytest.approx(60.0)
    assert rates.steps_per_second(179 / 60) == pytest.approx(600.0)
    assert rates.steps_per_second(179 / 60 + 1.5) == 0.0
    rates.reset_steps()
    assert rates.steps_per_second(3.0) == 0.0


def test_overfitting_and_a_remark_on_the_change_are_said_with_what_it_did() -> None:
    story = StatusSentence()
    story.note_change(moment(), 0.0, "L1 at λ = 0.1 may leave no weight: it begins with 0.01.")
    best = BestMoment(46.0, 0.2, 0.1, 0.01)
    verdict = Verdict("overfitting", 0.35, 0.61, best, 0.6)
    now = moment(39, 0.35, 0.61, settings=RAISED)
    said = story.sentence(now, True, None, verdict)
    assert said == (
        "Overfitting: training loss 0.350, validation loss 0.610. L1 at λ = 0.1 may leave no weight: it begins with "
        "0.01. λ 0.01 → 0.1: 9 of 48 weights fell to zero; the gap (validation − training) narrowed from 0.310 to "
        "0.260."
    )
    # A λ that a sweep recommends is not blamed without a word on what the others do.
    for rule, defence in (
        ("λ_best", "no λ of the sweep has a lower validation loss"),
        ("λ_1se", "no λ of the sweep is better by more than one standard error, which may be chance"),
    ):
        chosen = replace(verdict, rule=rule)
        assert short_verdict(chosen) == f"{short_verdict(verdict)[:-1]}; yet this is {rule}, and {defence}."
        assert verdict_reason(chosen) == f"at epoch 46 validation was 0.200, and yet {defence}"
    # The next gesture is another.
    story.note_change(now, 10.0)
    assert "begins with" not in story.sentence(moment(39, settings=TrainSettings("l1", 0.2)), True)
    story.reset()
    assert story.sentence(now, True, None, verdict) == f"{short_verdict(verdict)} {TRAINING}"
