"""Fits of other samples of the rows, as they are drawn over the picture of the fit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from regdesk.core.fit.scene import FitScene
from regdesk.core.types import Architecture, Float64s, Floats, TrainSettings

if TYPE_CHECKING:
    from regdesk.core.fit.view import FitView
    from regdesk.core.model.dataset import Dataset


@dataclass(frozen=True, eq=False)
class FitCloud:
    """What was found of one run under one λ.

    Attributes:
        run: number of the run of which rows and layers are.
        scene: the picture in which they are.
        settings: λ and all else under which they were fitted.
        epoch: of the weights from which networks went on, for ``n_steps`` steps; linear models are solved for, and
            ``n_steps`` is 0.
        n_failed: fits that have no optimum, or that diverged: they are not among the others.
        surfaces: ``(n_fits, n_points)``, ``FitFrame.surface`` flat: original units, or the second class's probability.
        spread: standard deviation of the fits at a training row, its median over the rows that are drawn; NaN where
            there are not two fits.
    """

    run: int
    scene: FitScene
    settings: TrainSettings
    epoch: float
    n_steps: int
    n_failed: int
    surfaces: Float64s
    spread: float

    @property
    def spread_surface(self) -> Float64s:
        """``(n_points,)``: the standard deviation of the fits at each point of the picture; of two fits at least."""
        return np.asarray(self.surfaces.std(axis=0, ddof=1))


@dataclass(frozen=True, eq=False)
class ResampleWork:
    """What is asked for: fits of ``dataset`` under ``settings``, looked at as ``view`` does.

    ``parameters`` ``(n_parameters,)`` are those of the live model, from which networks go on; ``epoch`` is when.
    ``n_fits`` are wanted.
    """

    run: int
    dataset: Dataset
    view: FitView
    architecture: Architecture
    settings: TrainSettings
    parameters: Floats
    epoch: float
    seed: int
    n_fits: int = 30
