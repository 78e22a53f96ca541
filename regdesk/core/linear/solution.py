"""What every solve of a linear model ends in, whoever has asked for it and whichever method has found it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from regdesk.core.linear.certificate import Certificate
from regdesk.core.linear.separation import Separation
from regdesk.core.model.shortfalls import LinearShortfall
from regdesk.core.types import Float64s


@dataclass(frozen=True, eq=False)
class LinearSolution:
    """The model at one λ, on the scale of the rows that it was solved for.

    Attributes:
        weights: ``(n_inputs, n_outputs)``; ``biases``: ``(n_outputs,)``.
        certificate: what is known of how good it is.
        shortfall: why this is not the minimum, once all has been tried; None where it is.
        separation: why there is no minimum: without a penalty, or along inputs that are never penalised, classes that
            can be told apart have none.
        is_unique: no other parameters do as well; else these have the least ‖W‖₂. None where nobody has looked, or
            there is no minimum.
        n_iterations: rounds of Newton's method, or steps, that ``solve`` took; along a path nobody counts.
    """

    lam: float
    weights: Float64s
    biases: Float64s
    certificate: Certificate
    shortfall: LinearShortfall | None = None
    separation: Separation | None = None
    is_unique: bool | None = None
    n_iterations: int = 0

    @classmethod
    def made(cls, lam: float, weights: Float64s, biases: Float64s, certificate: Certificate) -> LinearSolution:
        """As the class makes it of these four, in a quarter of the time: a path of a hundred λ makes a hundred."""
        # What is frozen is set name by name in a call each; its attributes with a default stay the class's.
        found = object.__new__(cls)
        vars(found).update(lam=lam, weights=weights, biases=biases, certificate=certificate)
        return found

    def with_only_optimum(self) -> LinearSolution:
        """This, known to be the only optimum; in a quarter of the time that ``replace`` takes."""
        found = object.__new__(type(self))
        vars(found).update(vars(self), is_unique=True)
        return found

    @property
    def objective(self) -> float:
        """J."""
        return self.certificate.objective

    @property
    def gap(self) -> float:
        """The most that J can be above its minimum; infinite where no bound is known."""
        return self.certificate.gap

    @property
    def kkt_residual(self) -> float:
        """∞-norm of the smallest subgradient of J."""
        return self.certificate.kkt_residual

    @property
    def converged(self) -> bool:
        """Whether there is a minimum and this is it, as far as the certificate says so."""
        return self.certificate.is_solved and self.separation is None

    @property
    def has_optimum(self) -> bool:
        """Whether there is a minimum at all."""
        return self.separation is None

    @property
    def n_nonzero(self) -> int:
        """How many weights are not zero."""
        return int(np.count_nonzero(self.weights))

    @property
    def parameters(self) -> Float64s:
        """``(n_parameters,)``, as ``Network`` lays them out: the weights, input by input, and the biases."""
        return np.append(self.weights.ravel(), self.biases)
