"""How finely the maker draws a plane: coarse while a network moves, fine when it hardly does."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from canned import dataset_of
from tables import write_sparse

from regdesk.core.geometry.maker import COARSE, FINE, GeometryMaker
from regdesk.core.geometry.view import GeometryChoice, GeometryRequest, GeometryView
from regdesk.core.model.network import Network
from regdesk.core.stopping import Stop
from regdesk.core.types import Architecture, Floats, TrainSettings


class Drawn:
    """A maker for a small network, and moments of it that nobody trained."""

    def __init__(self, folder: Path, choice: GeometryChoice) -> None:
        dataset = dataset_of(write_sparse(folder / "sparse.csv"), "y")
        architecture = Architecture((4,))
        n_parameters = Network.of(architecture, dataset.n_inputs, dataset.n_outputs, dataset.input_groups).n_parameters
        moments = np.random.default_rng(0).normal(size=(6, n_parameters)).astype(np.float32)
        self.moments: tuple[Floats, ...] = tuple(moments)
        self.request = GeometryRequest(
            run=1, dataset=dataset, architecture=architecture, seed=0, settings=TrainSettings(), choice=choice,
            parameters=moments[-1], step=100, snapshots=self.moments, is_moving=True,
        )  # fmt: skip
        self.maker = GeometryMaker(self.request)

    def n_points(self, parameters: Floats, is_moving: bool = True) -> int:
        """Along an axis, of the plane at ``parameters``; the view must say whether that is coarse."""
        request = replace(self.request, parameters=parameters, is_moving=is_moving)
        view = self.maker.make(request, lambda: False, Stop())
        assert isinstance(view, GeometryView)
        n_points = len(view.looks[0].picture.grid.x_values)
        assert view.is_coarse == (n_points == COARSE)
        return n_points


@pytest.mark.parametrize("is_principal", [False, True], ids=["two weights", "principal directions"])
def test_a_network_that_hardly_moves_is_drawn_finely_and_one_that_moves_coarsely(
    tmp_path: Path, is_principal: bool
) -> None:
    drawn = Drawn(tmp_path, GeometryChoice(is_principal=is_principal))
    first, second = drawn.moments[-1], drawn.moments[-2]
    assert drawn.n_points(first) == COARSE, "nothing is known of how fast it moves"
    assert drawn.n_points(second) == COARSE
    assert drawn.n_points(second + np.float32(1e-6)) == FINE
    assert drawn.n_points(first) == COARSE
    assert drawn.n_points(second, is_moving=False) == FINE, "at rest there is time"
