"""Sentences on why a model is not the best there is, one for each kind of value."""

from __future__ import annotations

import math

import pytest

from regdesk.core.model.shortfalls import (
    Diverged,
    Doubt,
    EpochsDone,
    NoCriteria,
    NotReached,
    ResidualLeft,
    Separated,
    SeparatedFolds,
    TooCloseToNone,
    TooManyWeights,
)
from regdesk.core.words.shortfalls import (
    doubt_text,
    no_criteria_sentence,
    shortfall_sentence,
    shortfalls_text,
    unsolvable_sentence,
)

APART = "can be told apart completely, so that larger weights always lower the loss and there is no best model"
NAMES = ("age", "bmi", "sex", "s1", "s2")


@pytest.mark.parametrize(
    ("shortfall", "expected"),
    [
        (None, ""),
        (Separated((1,), True, 9, 5, NAMES), f"separated by bmi: the classes {APART} without a penalty. Raise λ."),
        (Separated((0, 1, 4), True, 9, 5, NAMES), f"separated by age, bmi and s2: the classes {APART} "),
        (Separated((0, 1, 2, 3, 4), True, 9, 5, NAMES), "separated by age, bmi, sex and 2 more inputs together: the "),
        (
            Separated((1,), False, 9, 5),
            "separated by the inputs together: some of the rows of different classes can be ",
        ),
        (
            Separated((), True, 1200, 1500, ()),
            "separated by the inputs together, of which there are 1,500 for 1,200 rows: ",
        ),
        (SeparatedFolds((1,), 1), "in the validation split training rows of different classes can be told apart, so "),
        (
            SeparatedFolds((4,), 5),
            "in fold 4 training rows of different classes can be told apart, so that ",
        ),
        (SeparatedFolds((1, 2, 4), 5), "in folds 1, 2 and 4 training rows of different classes can be told apart, so "),
        (Doubt.NETWORK, "without a penalty nothing says that a network has a minimum: its weights may go on growing."),
        (EpochsDone(1), "stopped after the 1 epoch that was asked for."),
        (EpochsDone(1200), "stopped after the 1,200 epochs that were asked for."),
        (ResidualLeft(0.0123), "stopped at a KKT residual of 0.012."),
        (ResidualLeft(0.0123, 40), "stopped after 40 epochs at a KKT residual of 0.012."),
        (ResidualLeft(0.0123, 40, True), "stopped after 40 epochs at a KKT residual of 0.012, as J fell no more."),
        (
            ResidualLeft(0.0123, has_restarted=True),
            "stopped at a KKT residual of 0.012; restarts nearby lowered J by no more than 0.01 %.",
        ),
        (Diverged(), "training diverged: the loss left all bounds."),
        (NotReached(7, 0.5, math.inf, 1.0), "stopped after 7 iterations at a KKT residual of 0.5. Raise λ."),
    ],
)
def test_what_is_said_of_each_shortfall(shortfall, expected):
    assert shortfall_sentence(shortfall).startswith(expected)


def test_all_that_is_wrong_with_a_point_is_told_in_turn():
    assert shortfalls_text(()) == ""
    both = (EpochsDone(2), SeparatedFolds((2,), 3))
    assert shortfalls_text(both) == f"{shortfall_sentence(both[0])} {shortfall_sentence(both[1])}"


def test_a_doubt_ends_a_sentence_that_has_its_stop():
    assert f"{doubt_text(Doubt.NETWORK)}." == shortfall_sentence(Doubt.NETWORK)
    assert doubt_text(Separated((0,), True, 9, 5, NAMES)).startswith("the classes are separated by age: the classes ")
    assert not doubt_text(Separated((0,), True, 9, 5, NAMES)).endswith(".")


def test_why_there_are_no_criteria():
    assert no_criteria_sentence(None) == ""
    assert all(no_criteria_sentence(one).startswith("AIC and BIC are not ") for one in NoCriteria)
    assert len({no_criteria_sentence(one) for one in NoCriteria}) == len(NoCriteria)
    assert no_criteria_sentence(TooManyWeights(600)).endswith(" for more than 600 weights that are not zero.")


def test_why_nobody_can_jump_to_an_optimum():
    assert unsolvable_sentence(None) == ""
    assert unsolvable_sentence(TooCloseToNone()).startswith("The optimum at this λ has not been found to 1e-8: ")
    assert unsolvable_sentence(TooManyWeights(2000)).startswith("More than 2,000 weights of classes are too many ")
    separated = Separated((0,), True, 9, 5, NAMES)
    expected = f"There is no best model without a penalty here: {shortfall_sentence(separated)}"
    assert unsolvable_sentence(separated) == expected
