"""The rows of the weights panel, one for each layer, and the weights of the first layer one by one beneath it."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

import pyqtgraph as pg
from PySide6.QtCore import QObject, QPointF, QTimer
from PySide6.QtWidgets import QWidget

from regdesk.core.settings.selected import NOTHING, Selected
from regdesk.core.words.zero_words import layer_zeros_text
from regdesk.views.kit.text_size import scaled_px
from regdesk.views.plots.axes import take_in_plots
from regdesk.views.plots.selecting_frame import weights_in
from regdesk.views.weights.ghost import Ghost
from regdesk.views.weights.histogram import LayerRow
from regdesk.views.weights.row_title import lay_out_anew, take_in_rows, title_lines, write_titles
from regdesk.views.weights.rug import WeightRug
from regdesk.views.weights.selection_marks import SelectionMarks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regdesk.core.run.scene import RunScene
    from regdesk.core.run.snapshot import TrainSnapshot
    from regdesk.core.weights.prior import WeightPrior
    from regdesk.core.weights.summaries import LayerSummary
    from regdesk.views.plots.rulers import Ruler

ROW_HEIGHT_PX, GAP_PX = 78, 3
"""Of a row with a title in one line, and between the title and the plots."""
MAX_NAMES, GRID_ROWS = 5, 3
"""In a tip; and of the layout for each layer: title, plots, rug."""


class LayerRows(QObject):
    """All rows in one ``view``; those that a network has no layer for are kept for another."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self._owner = owner
        self._scene: RunScene | None = None
        self._snapshot: TrainSnapshot | None = None
        # All that were made, top to bottom, and those of them that the network has layers for.
        self._made: list[LayerRow] = []
        self._rows: list[LayerRow] = []
        self._ghosts: tuple[Ghost, ...] = ()
        self._names: tuple[str, ...] = ()
        self._rug: WeightRug | None = None
        self._rug_px, self._fitted_px = 0.0, 0
        self._is_rug_tied = False
        # Once all of a layout has its place.
        self._aligning = QTimer(self, singleShot=True)
        self._aligning.timeout.connect(self._align_rug)
        self._marks = SelectionMarks()
        self._selected: Selected = NOTHING
        self.view = pg.GraphicsLayoutWidget()
        self.view.ci.layout.setContentsMargins(0, 0, 0, 0)
        self.view.ci.layout.setVerticalSpacing(0)

    def building(self, n_layers: int) -> Iterator[None]:
        """Make what the first network needs, with a stop after each part of it: its first frame would wait 20 ms for
        each row.
        """
        while len(self._made) < n_layers:
            yield
            self._made.append(LayerRow())
        yield
        self._make_rug()

    def _make_rug(self) -> WeightRug:
        if self._rug is None:
            self._rug = WeightRug()
        return self._rug

    @property
    def rulers(self) -> dict[str, Ruler]:
        """What says where the axes of each row end."""
        return {f"layer {number}": row for number, row in enumerate(self._rows, start=1)}

    @property
    def n_shown(self) -> int:
        """How many rows are in the picture."""
        return len(self._rows)

    @property
    def bars(self) -> list[tuple[float, float]]:
        """Of each row the end of its axis and the width of its bars."""
        return [(row.limit, row.bin_width) for row in self._rows]

    def apply_theme(self) -> None:
        """Take on the colours in force."""
        for row in self._made:
            row.apply_theme()
        if self._rug is not None:
            self._rug.apply_theme()
        self._marks.apply_theme()

    def reset(self) -> None:
        """Empty, for a new run with axes of its own; the rows are kept for it."""
        self._names = ()
        self._take_away(0)

    def show_run_scene(self, scene: RunScene) -> None:
        """Names of the inputs and outputs."""
        self._scene = scene

    @staticmethod
    def ghosts_of(layers: tuple[LayerSummary, ...]) -> tuple[Ghost, ...]:
        """The outlines of ``layers``."""
        return tuple(Ghost.of(layer) for layer in layers)

    @property
    def ghosts(self) -> tuple[Ghost, ...]:
        """The outlines that are frozen; none where nothing is."""
        return self._ghosts

    def show_ghosts(self, ghosts: tuple[Ghost, ...]) -> None:
        """Have these outlines behind what comes."""
        self._ghosts = ghosts
        self._show_ghosts()

    def show(self, snapshot: TrainSnapshot, priors: tuple[WeightPrior | None, ...], n_frames: int = 1) -> None:
        """Bring the rows to a moment, with rows for its layers; ``priors`` has what is drawn over each, or None."""
        self._snapshot = snapshot
        network, layers = snapshot.network, snapshot.layers
        if not self.are_of(snapshot):
            self._fit_rows(snapshot)
        if self._rug is not None and self._scene is not None:
            self._rug_px = self._rug.fit_text()
        self._fit_height(len(layers))
        for number, (row, layer) in enumerate(zip(self._rows, layers, strict=True)):
            row.show(layer, network.weights(snapshot.parameters, number), priors[number], n_frames)
        if self._rug is not None and self._rows:
            too_small = None if snapshot.too_small is None else network.weights(snapshot.too_small, 0)
            self._align_rug()
            self._rug.show(network.weights(snapshot.parameters, 0), self._rows[0].limit, too_small)
        self._mark_selected()

    def _align_rug(self) -> None:
        if self._rug is not None and self._rows:
            self._rug.align(self._rows[0].plot.getViewBox().sceneBoundingRect().left())

    def show_selected(self, selected: Selected) -> None:
        """Mark the weights that are selected, at their places of now."""
        self._selected = selected
        self._mark_selected()

    def _mark_selected(self) -> None:
        if self._snapshot is not None and self._scene is not None and self._rows:
            positions = weights_in(self._selected, self._snapshot.network, self._scene)
            self._marks.show(self._rows, self._rug, self._snapshot, positions)

    def are_of(self, snapshot: TrainSnapshot) -> bool:
        """Whether the rows are those of its layers."""
        return tuple(layer.name for layer in snapshot.layers) == self._names

    def show_titles(self, is_running: bool) -> None:
        """Write the numbers of what is drawn."""
        layers = () if self._snapshot is None else self._snapshot.layers
        if write_titles(self._rows, layers, float(self.view.width()), is_running):
            lay_out_anew(self.view)

    def fit_axes(self, snapshot: TrainSnapshot) -> None:
        """Axes for the weights of that moment."""
        for number, row in enumerate(self._rows):
            row.fit(snapshot.network.weights(snapshot.parameters, number))

    def value_at(self, place: QPointF) -> str | None:
        """What stands at ``place`` of the scene, in words and numbers, and what a click there does."""
        for number, row in enumerate(self._rows):
            if row.zeros.sceneBoundingRect().contains(place):
                return self._zeros_text(number)
            text = row.value_at(place)
            if text is not None:
                return self._with_click(text, place)
        text = self._rug.value_at(place) if self._rug is not None and self._rows else None
        if text is None or self.weight_at(place) is None:
            return text
        if "\n" in text:
            return text + "\n" + self.tr("Click: select the first of them, onto an axis of the constraint geometry")
        return text + "\n" + self.tr("Click: select it, onto an axis of the constraint geometry")

    def weight_at(self, place: QPointF) -> int | None:
        """The position among all parameters of the weight that a click at ``place`` of the scene means."""
        if self._snapshot is None or not self._rows:
            return None
        network, parameters = self._snapshot.network, self._snapshot.parameters
        if self._rug is not None:
            found = self._rug.weight_at(place)
            if found is not None:
                return int(network.weight_offsets[0]) + found
        for number, row in enumerate(self._rows):
            found = row.weight_at(place, network.weights(parameters, number))
            if found is not None:
                return int(network.weight_offsets[number]) + found
        return None

    def _with_click(self, text: str, place: QPointF) -> str:
        position = self.weight_at(place)
        if position is None or self._snapshot is None or self._scene is None:
            return text
        from regdesk.core.weights.names import weight_name

        network = self._snapshot.network
        name = weight_name(network, position, self._scene.input_names, self._scene.output_names)
        return text + "\n" + self.tr("Click: select {name}, onto an axis of the constraint geometry").format(name=name)

    def _zeros_text(self, number: int) -> str | None:
        snapshot = self._snapshot
        if snapshot is None:
            return None
        layer = snapshot.layers[number]
        text = layer_zeros_text(layer, snapshot.parameters.dtype.name)
        if number or self._scene is None:
            return text
        from regdesk.core.weights.summaries import inputs_without_weights

        without = inputs_without_weights(snapshot.network, snapshot.parameters, snapshot.too_small)
        names = [self._scene.input_names[one] for one in without]
        if not names:
            return text
        listed = ", ".join(names[:MAX_NAMES])
        if len(names) > MAX_NAMES:
            listed = self.tr("{names} and {n} more").format(names=listed, n=len(names) - MAX_NAMES)
        return text + "\n" + self.tr("without any weight: {names}").format(names=listed)

    def fitting_ghosts(self, layers: tuple[LayerSummary, ...]) -> tuple[Ghost, ...]:
        """The frozen outlines, if they are of layers like these."""
        shape = tuple((layer.name, layer.n_weights) for layer in layers)
        return self._ghosts if shape == tuple((ghost.name, ghost.n_weights) for ghost in self._ghosts) else ()

    def _show_ghosts(self) -> None:
        for row, ghost in zip_longest(self._rows, self._ghosts[: len(self._rows)]):
            row.show_ghost(ghost)

    def _fit_rows(self, snapshot: TrainSnapshot) -> None:
        layers = snapshot.layers
        self._names = tuple(layer.name for layer in layers)
        self._ghosts = self.fitting_ghosts(layers)
        self._take_away(len(layers))
        has_more = len(self._made) > len(self._rows)
        while len(self._made) < len(layers):
            self._made.append(LayerRow())
        self._rug_px = self._fit_rug(snapshot)
        self._fit_height(len(layers))
        for number, row in enumerate(self._made[: len(layers)]):
            if number >= len(self._rows):
                # Only now: hidden items would keep the layout at its least size.
                self.view.addItem(row.title, row=GRID_ROWS * number, col=0, colspan=2)
                self.view.addItem(row.zeros, row=GRID_ROWS * number + 1, col=0)
                self.view.addItem(row.plot, row=GRID_ROWS * number + 1, col=1)
                self._rows.append(row)
            row.begin(layers[number])
            row.show_ghost(self._ghosts[number] if self._ghosts else None)
        if has_more:
            take_in_plots(self.view)
        take_in_rows(self.view)

    def _fit_height(self, n_rows: int) -> None:
        """Rows that have no room scroll; titles of several lines make them higher."""
        line_px, n_more = self._owner.fontMetrics().height(), title_lines(self.view.width()) - 1
        row_px = scaled_px(ROW_HEIGHT_PX + GAP_PX) + n_more * line_px
        height_px = round(row_px * n_rows + self._rug_px)
        if height_px != self._fitted_px:
            self._fitted_px = height_px
            self.view.setMinimumHeight(height_px)
            for number in range(n_rows):
                # The number at the top of an axis reaches above it.
                self.view.ci.layout.setRowSpacing(GRID_ROWS * number, scaled_px(GAP_PX))

    def _fit_rug(self, snapshot: TrainSnapshot) -> float:
        if self._scene is None:
            return 0.0
        rug = self._make_rug()
        first = self._made[0].plot.vb
        if not self._is_rug_tied:
            self._is_rug_tied = True
            rug.plot.vb.follow(first)
            # A layout gives the histogram its place later than it is drawn, and no other moment may follow.
            first.geometryChanged.connect(self._aligning.start)
            self._made[0].plot.geometryChanged.connect(self._aligning.start)
        height_px = rug.begin(snapshot.network, self._scene.input_names, self._scene.output_names)
        if rug.plot not in self.view.ci.items:
            self.view.addItem(rug.plot, row=2, col=0, colspan=2)
        return height_px

    def _take_away(self, n_kept: int) -> None:
        """Out of the picture with the rows that no layer needs; they are kept for another run."""
        for row in self._rows[n_kept:]:
            for item in (row.title, row.zeros, row.plot):
                self.view.removeItem(item)
        del self._rows[n_kept:]
        self._fitted_px = 0  # A layout forgets what was said of a row when nothing is left in it.
        if not n_kept and self._rug is not None and self._rug.plot in self.view.ci.items:
            self.view.removeItem(self._rug.plot)
