"""Why a model is not the best there is: values that say so, of which ``core/words/shortfalls.py`` makes sentences."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


class Doubt(Enum):
    """Why a point with next to no gradient need not be a minimum."""

    TOLD_APART = auto()
    """Every training row is on its right side, so that larger weights always lower the loss."""
    NETWORK = auto()
    """Without a penalty nothing says that a network has a minimum."""


@dataclass(frozen=True)
class Separated:
    """Classes can be told apart by a line, so that without a penalty there is no best linear model.

    Attributes:
        by: numbers of the inputs that suffice for it; empty where they are too many to look for.
        is_complete: all rows can be told apart; else some of them.
        names: ``(n_inputs,)`` of all inputs, or empty.
        is_never_penalised: by inputs that are never penalised, so that no λ helps.
    """

    by: tuple[int, ...]
    is_complete: bool
    n_rows: int
    n_inputs: int
    names: tuple[str, ...] = ()
    is_never_penalised: bool = False


@dataclass(frozen=True)
class SeparatedFolds:
    """Folds of these ``numbers``, from 1 on, have no best model, as their training rows can be told apart."""

    numbers: tuple[int, ...]
    n_folds: int


@dataclass(frozen=True)
class NotReached:
    """A solver has stopped before the optimum.

    Attributes:
        gap: the most that ``objective``, which is J, can be too high; infinite where no bound is known.
        not_standardized: "inputs" and "target", of which each can still be standardised.
    """

    n_iterations: int
    kkt_residual: float
    gap: float
    objective: float
    not_standardized: tuple[str, ...] = ()


@dataclass(frozen=True)
class EpochsDone:
    """So many epochs were asked for, and have been trained."""

    n_epochs: int


@dataclass(frozen=True)
class ResidualLeft:
    """A network has stopped with this KKT residual; after ``n_epochs`` where epochs were counted.

    ``has_settled``: before the epochs it might have taken, as J fell no more.
    ``has_restarted``: restarts nearby lowered J by no more than 0.01 %, so that it stands in kinks or where J is flat.
    """

    kkt_residual: float
    n_epochs: int | None = None
    has_settled: bool = False
    has_restarted: bool = False


@dataclass(frozen=True)
class Diverged:
    """The loss has left all bounds."""


@dataclass(frozen=True)
class TooCloseToNone:
    """An optimum has not been found to 1e-8."""


@dataclass(frozen=True)
class TooManyWeights:
    """More than ``most`` weights are too many to be worked with in time."""

    most: int


class NoCriteria(Enum):
    """Why AIC and BIC are not defined."""

    GROUPED = auto()
    """Of groups of weights nobody knows a simple count of degrees of freedom (Yuan & Lin 2006, eq. 4.3)."""
    WIDE = auto()
    """There are as many inputs as rows."""
    SATURATED = auto()
    """A model has as many degrees of freedom as rows."""
    PERFECT = auto()
    """Nothing is left of the loss."""
    NO_OPTIMUM = auto()
    """There is no best model."""
    NETWORK = auto()
    """Of a network nobody knows how many degrees of freedom it has."""


class NothingPressed(Enum):
    """Why λ does nothing to a linear model, whose penalty there is."""

    ALL_FREE = auto()
    """Every input is never penalised."""
    FREE_FIT = auto()
    """Inputs that are never penalised fit every training row exactly."""


LinearShortfall = Separated | NotReached
NetworkShortfall = Doubt | EpochsDone | ResidualLeft | Diverged
Shortfall = LinearShortfall | SeparatedFolds | NetworkShortfall
Unsolvable = Separated | TooCloseToNone | TooManyWeights
WhyNoCriteria = NoCriteria | TooManyWeights
