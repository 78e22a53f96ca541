"""Sentences on the optimum of a linear model: why there is none, why it was not found, and that it is one of many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regdesk.core.words.narration import number_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regdesk.core.linear.separation import Separation
    from regdesk.core.types import TrainSettings

MOST_NAMED = 3


def separated_sentence(separation: Separation, names: Sequence[str], shape: tuple[int, ...]) -> str:
    """Why there is no best model without a penalty, and what to do; ``shape`` is that of the inputs."""
    n_rows, n_inputs = shape
    if names and 0 < len(separation.inputs) <= MOST_NAMED:
        chosen = [names[number] for number in separation.inputs]
        by = chosen[0] if len(chosen) == 1 else f"{', '.join(chosen[:-1])} and {chosen[-1]}"
    elif names and separation.inputs:
        chosen = [names[number] for number in separation.inputs[:MOST_NAMED]]
        by = f"{', '.join(chosen)} and {len(separation.inputs) - MOST_NAMED} more inputs together"
    elif n_inputs >= n_rows:
        by = f"the inputs together, of which there are {n_inputs:,} for {n_rows:,} rows"
    else:
        by = "the inputs together"
    what = "the classes" if separation.is_complete else "some of the rows of different classes"
    return (
        f"separated by {by}: {what} can be told apart completely, so that larger weights always lower the loss and "
        "there is no best model without a penalty. Raise λ."
    )


def separated_folds_sentence(numbers: Sequence[int], n_folds: int) -> str:
    """That the folds of these ``numbers``, from 1 on, have no best model without a penalty, and what to do."""
    names = [str(number) for number in numbers]
    if n_folds == 1:
        where = "in the validation split"
    elif len(names) == 1:
        where = f"in fold {names[0]}"
    else:
        where = f"in folds {', '.join(names[:-1])} and {names[-1]}"
    return (
        f"{where} training rows of different classes can be told apart, so that there is no best model without a "
        "penalty and the validation loss depends on where the solver stopped. Raise λ."
    )


def not_found_sentence(
    n_iterations: int, residual: float, gap: float, objective: float, not_standardized: Sequence[str] = ()
) -> str:
    """That the optimum has not been reached, and what can be done.

    ``not_standardized`` are "inputs" and "target", of which each can still be standardised.
    """
    # J is never below 0: that it is at most all of itself too high is known without any bound.
    above = f", J at most {gap / objective:.2g} of itself too high" if 0.0 <= gap < objective else ""
    iterations = "1 iteration" if n_iterations == 1 else f"{n_iterations:,} iterations"
    standardize = " and ".join(f"the {one}" for one in not_standardized)
    advice = f"Raise λ, or standardise {standardize}." if standardize else "Raise λ."
    return f"stopped after {iterations} at a kkt residual of {residual:.2g}{above}. {advice}"


def not_unique_sentence(settings: TrainSettings) -> str:
    """That other weights do as well, and which are given."""
    where = f"at λ = {number_text(settings.effective_lam)}" if settings.effective_lam else "without a penalty"
    return (
        f"Other weights do as well {where}, as inputs depend on each other; these have the least Euclidean norm on "
        "the training scale."
    )


def many_optima_sentence(n_lambdas: int) -> str:
    """That at some λ of a sweep other weights do as well."""
    return (
        f"At {n_lambdas} of the λ other weights do as well, as inputs depend on each other; these have the least "
        "Euclidean norm on the training scale."
    )
