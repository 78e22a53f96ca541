"""A panel of the geometry on the screen, with a maker that answers each of its wishes at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from canned import Canned, dataset_of
from plot_items import settle, show

from regdesk.core.geometry.budgeted_solution import BudgetedSolutions
from regdesk.core.geometry.maker import GeometryMaker
from regdesk.core.geometry.view import DefaultPair, GeometryRequest, GeometryView
from regdesk.core.linear.problem import problem_of
from regdesk.core.model.network import Network
from regdesk.core.settings.change import Change
from regdesk.core.settings.configuration import Configuration
from regdesk.core.stopping import Stop
from regdesk.core.types import Architecture, TrainSettings
from regdesk.core.weights.names import weight_list
from regdesk.session.session import Session
from regdesk.views.geometry.content import GeometryContent
from regdesk.views.geometry.panel import GeometryPanel

LINEAR = Architecture(hidden=())
LASSO = TrainSettings(penalty="l1", lam=0.3)


class Drawn:
    """A panel on the screen, a session that its wishes change, and a maker that answers each of them at once."""

    def __init__(self, qtbot: Any, file: Path) -> None:
        self.dataset = dataset_of(file, "y")
        problem = problem_of(self.dataset, LASSO)
        self.solution = BudgetedSolutions(problem).at(LASSO.lam)
        self.parameters = np.append(self.solution.weights[:, 0], self.solution.biases)
        self.view: GeometryView | None = None
        self.maker: GeometryMaker | None = None
        # Both alive at 0.3; None leaves it to the maker, which looks for a corner.
        self.standing: DefaultPair | None = DefaultPair(0, 1, shows_corner=True)
        self.is_exact = False
        self.session = Session(Configuration())
        self.panel = GeometryPanel(lambda: self.session.configuration.view.geometry)
        show(qtbot, self.panel, 900, 700)
        network = Network.of(LINEAR, self.dataset.n_inputs, 1, self.dataset.input_groups)
        self.panel.show_weights(weight_list(network, self.dataset.input_names, ("y",)), is_linear=True)
        model = Canned.of(self.dataset, (), settings=LASSO)
        self.panel.show_run_scene(model.run_scene)
        self.panel.show_frame(replace(model, parameters=self.parameters).frame())
        self._is_drawing = False
        self.panel.settings_chosen.connect(self.session.change_all)
        self.session.changed.connect(self._on_changed)
        self.panel.aspect_changed.connect(self._on_aspect_changed)

    def _on_changed(self, change: Change) -> None:
        self.panel.show_view_settings(change.after.view)
        self._on_aspect_changed()

    def _on_aspect_changed(self, _aspect: float = 1.0) -> None:
        # While one is drawn it is looked for another choice anyway.
        if not self._is_drawing:
            self.draw()

    def draw(self) -> None:
        self._is_drawing = True
        for _ in range(20):
            request = GeometryRequest(
                1, self.dataset, LINEAR, 0, LASSO, self.parameters, 0, (self.parameters,), self.panel.choice, False,
                brought_back=self.standing, is_exact=self.is_exact,
            )  # fmt: skip
            self.maker = self.maker or GeometryMaker(request)
            view = self.maker.make(request, lambda: False, Stop())
            assert isinstance(view, GeometryView)
            self.view = view
            self.panel.show_view(view)
            settle()
            if self.panel.is_settled:
                self._is_drawing = False
                return
        raise AssertionError("no picture is as fine as it gets")

    @property
    def content(self) -> GeometryContent:
        found = self.panel.findChild(GeometryContent)
        assert isinstance(found, GeometryContent)
        return found
