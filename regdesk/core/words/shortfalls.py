"""Sentences on why a model is not the best there is, made of the values of ``core/model/shortfalls.py``."""

from __future__ import annotations

from collections.abc import Iterable

from regdesk.core.model.shortfalls import (
    Diverged,
    Doubt,
    EpochsDone,
    NoCriteria,
    NothingPressed,
    NotReached,
    ResidualLeft,
    Separated,
    SeparatedFolds,
    Shortfall,
    TooCloseToNone,
    TooManyWeights,
    Unsolvable,
    WhyNoCriteria,
)
from regdesk.core.words.number_text import asked_epochs_text, epochs_text

MOST_NAMED = 3
DOUBTS = {
    Doubt.TOLD_APART: (
        "every training row is on its right side, so that larger weights always lower the loss: without a penalty "
        "there is no minimum"
    ),
    Doubt.NETWORK: "without a penalty nothing says that a network has a minimum: its weights may go on growing",
}

NO_CRITERIA = {
    NoCriteria.GROUPED: (
        "AIC and BIC are not computed for groups of weights: only for orthonormal inputs is there a simple count of "
        "their degrees of freedom."
    ),
    NoCriteria.WIDE: (
        "AIC and BIC are not defined: with as many inputs as rows nothing is left to estimate the noise from."
    ),
    NoCriteria.SATURATED: "AIC and BIC are not defined where a model has as many degrees of freedom as rows.",
    NoCriteria.PERFECT: "AIC and BIC are not defined where nothing is left of the loss.",
    NoCriteria.NO_OPTIMUM: (
        "AIC and BIC are not defined where there is no best model, whose likelihood they would be of."
    ),
    NoCriteria.NETWORK: (
        "AIC and BIC are not defined for networks: they count degrees of freedom, and of a network nobody knows how "
        "many it has."
    ),
}

NOTHING_PRESSED = {
    NothingPressed.ALL_FREE: (
        "no input is penalised, as every penalty factor is 0: λ does nothing. Give an input a penalty factor above 0."
    ),
    NothingPressed.FREE_FIT: (
        "the inputs that are never penalised fit all training rows exactly, so that λ does nothing. Give some of them "
        "a penalty factor above 0, or add rows."
    ),
}


def shortfall_sentence(shortfall: Shortfall | None) -> str:
    """Why a model is not the best there is, and what can be done; empty where there is no shortfall."""
    match shortfall:
        case None:
            return ""
        case Separated():
            return _separated_sentence(shortfall)
        case SeparatedFolds():
            return _separated_folds_sentence(shortfall)
        case NotReached():
            return _not_reached_sentence(shortfall)
        case Doubt():
            return f"{DOUBTS[shortfall]}."
        case EpochsDone():
            return f"stopped after {asked_epochs_text(shortfall.n_epochs)}."
        case ResidualLeft():
            after = "" if shortfall.n_epochs is None else f"after {epochs_text(shortfall.n_epochs)} "
            because = ", as J fell no more" if shortfall.has_settled else ""
            nearby = "; restarts nearby lowered J by no more than 0.01 %" if shortfall.has_restarted else ""
            return f"stopped {after}at a KKT residual of {shortfall.kkt_residual:.2g}{because}{nearby}."
        case Diverged():
            return "training diverged: the loss left all bounds."


def shortfalls_text(shortfalls: Iterable[Shortfall]) -> str:
    """One sentence for each; empty where there is none."""
    return " ".join(map(shortfall_sentence, shortfalls))


def doubt_text(doubt: Doubt | Separated) -> str:
    """Why a model whose gradient is nearly gone need not be at a minimum: the rest of a sentence, without its stop."""
    return DOUBTS[doubt] if isinstance(doubt, Doubt) else f"the classes are {_separated_sentence(doubt).rstrip('.')}"


def unsolvable_sentence(reason: Unsolvable | None) -> str:
    """Why nobody can jump to an optimum; empty where one can."""
    match reason:
        case None:
            return ""
        case Separated():
            return f"There is no best model without a penalty here: {_separated_sentence(reason)}"
        case TooCloseToNone():
            return "The optimum at this λ has not been found to 1e-8: it is too close to having none. Raise λ."
        case TooManyWeights():
            return (
                f"More than {reason.most:,} weights of classes are too many to be solved for exactly beside the "
                "training. Choose fewer inputs, or run “regdesk fit”, which has no such limit."
            )


def no_criteria_sentence(unavailable_reason: WhyNoCriteria | None) -> str:
    """Why AIC and BIC are not defined; empty where they are."""
    if isinstance(unavailable_reason, TooManyWeights):
        return f"AIC and BIC are not computed for more than {unavailable_reason.most} weights that are not zero."
    return "" if unavailable_reason is None else NO_CRITERIA[unavailable_reason]


def _separated_sentence(found: Separated) -> str:
    names = found.names
    if names and 0 < len(found.by) <= MOST_NAMED:
        chosen = [names[number] for number in found.by]
        by = chosen[0] if len(chosen) == 1 else f"{', '.join(chosen[:-1])} and {chosen[-1]}"
    elif names and found.by:
        chosen = [names[number] for number in found.by[:MOST_NAMED]]
        by = f"{', '.join(chosen)} and {len(found.by) - MOST_NAMED} more inputs together"
    elif found.n_inputs >= found.n_rows:
        by = f"the inputs together, of which there are {found.n_inputs:,} for {found.n_rows:,} rows"
    else:
        by = "the inputs together"
    what = "the classes" if found.is_complete else "some of the rows of different classes"
    if found.is_never_penalised:
        return (
            f"separated by {by}, never penalised: {what} can be told apart completely, so that larger weights always "
            "lower the loss and there is no best model at any λ. Give a penalty factor above 0."
        )
    return (
        f"separated by {by}: {what} can be told apart completely, so that larger weights always lower the loss and "
        "there is no best model without a penalty. Raise λ."
    )


def _separated_folds_sentence(found: SeparatedFolds) -> str:
    names = [str(number) for number in found.numbers]
    if found.n_folds == 1:
        where = "in the validation split"
    elif len(names) == 1:
        where = f"in fold {names[0]}"
    else:
        where = f"in folds {', '.join(names[:-1])} and {names[-1]}"
    return (
        f"{where} training rows of different classes can be told apart, so that there is no best model without a "
        "penalty and the validation loss depends on where the solver stopped. Raise λ."
    )


def _not_reached_sentence(found: NotReached) -> str:
    # J is never below 0: that it is at most all of itself too high is known without any bound.
    above = (
        f", J at most {found.gap / found.objective:.2g} of itself too high"
        if 0.0 <= found.gap < found.objective
        else ""
    )
    iterations = "1 iteration" if found.n_iterations == 1 else f"{found.n_iterations:,} iterations"
    standardize = " and ".join(f"the {one}" for one in found.not_standardized)
    advice = f"Raise λ, or standardise {standardize}." if standardize else "Raise λ."
    return f"stopped after {iterations} at a KKT residual of {found.kkt_residual:.2g}{above}. {advice}"
