"""What a network's sweep knows of each λ beside what a linear model's does: two directions, and what collapsed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from regdesk.core.model.network import Network
from regdesk.core.types import Float64s, Integers


def share_apart(up: Float64s, down: Float64s, least: float = float(np.finfo(np.float64).tiny)) -> Float64s:
    """How far the objectives of two directions are apart, as a share of the higher one, or of ``least``.

    It is not of the lower one, which may be next to nothing.
    """
    return np.asarray(np.abs(up - down) / np.maximum(np.maximum(up, down), least))


@dataclass(frozen=True, eq=False)
class Hysteresis:
    """Where the two directions ended furthest apart: the number of a point, and how far as a share of the higher J."""

    number: int
    share: float


@dataclass(frozen=True, eq=False)
class NetworkFindings:
    """Of the points done by descending λ; arrays are ``(n_done,)`` unless they say otherwise.

    Attributes:
        network: the shape of all models.
        grid: ``(n_lambdas,)``, all λ there will be, descending; ``numbers`` are the places in it of those done.
        parameters: ``(n_done, n_parameters)`` of the model of all rows.
        objective: J of that model; ``objective_up``, ``objective_down`` where sweeps towards larger and smaller λ
            ended, NaN where they have not been.
        is_collapsed: nothing better than the model without inputs was found.
    """

    network: Network
    grid: Float64s
    numbers: Integers
    parameters: Float64s
    objective: Float64s
    objective_up: Float64s
    objective_down: Float64s
    converged_up: NDArray[np.bool_]
    converged_down: NDArray[np.bool_]
    is_collapsed: NDArray[np.bool_]

    @property
    def is_followed(self) -> NDArray[np.bool_]:
        """``(n_done,)``: whether the next point done is the next λ of the grid; nothing is drawn across what is not."""
        return np.append(np.diff(self.numbers) == 1, False)

    @property
    def is_comparable(self) -> NDArray[np.bool_]:
        """Whether both directions were solved to the end: only there is what lies between them hysteresis."""
        are_known = np.isfinite(self.objective_up) & np.isfinite(self.objective_down)
        return self.converged_up & self.converged_down & are_known

    @property
    def hysteresis(self) -> Hysteresis | None:
        """None where no two ends can be compared."""
        if not self.is_comparable.any():
            return None
        shares = share_apart(self.objective_up, self.objective_down)
        number = int(np.argmax(np.where(self.is_comparable, shares, -1.0)))
        return Hysteresis(number, float(shares[number]))

    @property
    def collapse(self) -> int | None:
        """The number of the smallest λ done from which on nothing was better than the model without inputs.

        None where there is none, or where larger λ have not been done.
        """
        found = None
        for place, (number, is_collapsed) in enumerate(zip(self.numbers, self.is_collapsed, strict=True)):
            if number != place or not is_collapsed:
                break
            found = place
        return found
