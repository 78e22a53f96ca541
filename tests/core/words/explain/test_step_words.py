"""The story of a step says the numbers of the step, and what the penalty does."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from canned import Canned, dataset_of
from tables import write_sparse

from regdesk.core.run.next_step import NextStep, weight_step
from regdesk.core.types import TrainSettings
from regdesk.core.words.explain.step_words import step_story

SETTINGS = TrainSettings("l1", 1.0, 0.25, "adam", 0.1, 0)


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    return Canned.of(dataset_of(write_sparse(tmp_path_factory.mktemp("table") / "sparse.csv"), "y"), (4,))


def story_of(model, settings, value, position=0):
    """Of a weight of that value that the optimiser moves by −0.02: the rate is 0.2, the direction 0.1."""
    network = model.network
    parameters = np.zeros(network.n_parameters)
    parameters[position] = value
    flat = NextStep(
        np.full(len(parameters), 0.3),
        np.full(len(parameters), 0.1),
        np.full(len(parameters), settings.learning_rate * 5),
    )
    snapshot = replace(model.snapshot(), settings=settings, parameters=parameters, next_step=flat, epoch=7.0)
    step = weight_step(network, parameters, settings, flat, position)
    return step_story(step, snapshot, 40.0), step


def numbers(story):
    return {row.sign: row.number for row in story.rows}


def test_a_weight_that_the_penalty_shrinks(model):
    story, step = story_of(model, SETTINGS, 0.5)
    assert story.formulas == ("step-adam", "prox-l1")
    assert numbers(story) == {
        "w": "0.5000", "g": "0.3", "ḡ": "0.1", "d": "0.5", "η": "0.1", "u": "0.4800", "τ": "0.2", "w′": "0.2800",
    }  # fmt: skip
    assert step.after == pytest.approx(0.28)
    assert story.verdict.startswith("The penalty takes τ = 0.2 off |u|: 42 % smaller.")
    assert story.notes == ("The step after epoch 7; standardised units.",)


def test_a_weight_that_the_penalty_sets_to_zero_and_one_that_stays_there(model):
    story, _ = story_of(model, SETTINGS, 0.1)
    assert story.verdict == "The penalty sets it to exactly zero: |u| = 0.08 is no more than τ = 0.2."
    assert numbers(story)["w′"] == "0"
    story, _ = story_of(model, SETTINGS, 0.0)
    assert story.verdict.startswith("It stays exactly zero: |u| = 0.02 is no more than τ = 0.2")


def test_l2_divides_and_the_elastic_net_does_both(model):
    story, _ = story_of(model, replace(SETTINGS, penalty="l2"), 0.5)
    assert (story.formulas[1], numbers(story)["c"], numbers(story)["w′"]) == ("prox-l2", "0.2", "0.4000")
    assert "not zero" in story.verdict
    story, _ = story_of(model, replace(SETTINGS, penalty="elastic-net"), 0.5)
    assert (numbers(story)["τ"], numbers(story)["c"]) == ("0.05", "0.15")
    assert numbers(story)["w′"] == f"{0.43 / 1.15:.4f}"
    assert "divides what is left by 1 + c" in story.verdict


def test_a_group_goes_as_a_whole(model):
    group = replace(SETTINGS, penalty="group-lasso")
    story, _ = story_of(model, group, 0.1)
    assert story.formulas[1] == "prox-group-lasso"
    assert "sets all 4 weights of its group at exactly zero" in story.verdict
    story, step = story_of(model, group, 2.0)
    assert "shortens its group" in story.verdict
    # w′ = u s/(s + τ), by the numbers that are shown.
    shown = {sign: float(text.replace("−", "-")) for sign, text in numbers(story).items()}
    assert shown["u"] * shown["s"] / (shown["s"] + shown["τ"]) == pytest.approx(step.after, rel=1e-3)


@pytest.mark.parametrize(
    ("changes", "position", "why"),
    [
        ({"penalty": "none"}, 0, "There is no penalty"),
        ({"lam": 0.0}, 0, "λ is 0"),
        ({}, -1, "A bias is never penalised"),
    ],
)
def test_where_nothing_presses_that_is_said(model, changes, position, why):
    settings = replace(SETTINGS, **changes)
    place = position % model.network.n_parameters
    story, step = story_of(model, settings, 0.5, place)
    assert story.formulas[1] == "prox-none"
    assert story.verdict == f"{why}: the optimiser's part is the whole step."
    assert (numbers(story)["u"], numbers(story)["w′"], step.after) == ("0.4800", "0.4800", pytest.approx(0.48))


def test_a_weight_at_rest_and_a_batch_are_told(model):
    settings = replace(SETTINGS, penalty="l2", lam=0.1, batch_size=16)
    # u = −1 − 0.02, and c = 0.02: (−1.02)/1.02 is where it was.
    story, _ = story_of(model, settings, -1.0)
    assert story.verdict.endswith("The two halves cancel: the weight is at rest.")
    assert "16 rows; these numbers are of all 40" in story.notes[1]
    story, _ = story_of(model, settings, 1.0)
    assert "at rest" not in story.verdict


def test_what_is_no_number_is_a_dash(model):
    story, _ = story_of(model, SETTINGS, float("nan"))
    assert (numbers(story)["w"], numbers(story)["w′"]) == ("–", "–")
