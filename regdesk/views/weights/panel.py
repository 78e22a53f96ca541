"""The weights of each layer: histograms on fixed axes, exact zeros, the inputs by name, the prior, and their course."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from regdesk.core.run.pace import Part
from regdesk.core.words.number_text import fixed_text
from regdesk.core.words.run_sentences import too_small_text
from regdesk.views.kit import theme
from regdesk.views.kit.elided_label import ElidedLabel
from regdesk.views.kit.text_size import scaled_px
from regdesk.views.kit.toggle_button import ToggleButton
from regdesk.views.plots.panel import Panel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regdesk.core.run.frame import Frame
    from regdesk.core.run.scene import RunScene
    from regdesk.core.weights.prior import WeightPrior
    from regdesk.core.weights.summaries import LayerSummary
    from regdesk.views.weights.histogram import Ghost, LayerRow
    from regdesk.views.weights.norm_plots import NormPlots
    from regdesk.views.weights.rug import WeightRug

ROW_HEIGHT_PX, GAP_PX = 88, 6
"""Of a row with a title in one line, and between the title and the plots."""
N_ROWS_AHEAD = 3
"""Rows of the first network, made after the first paint: the first frame would wait 20 ms for each of them."""
MAX_NAMES = 5
GRID_ROWS = 3
"""Of the layout for each layer: title, plots, rug."""


class HistogramPanel(Panel):
    """One row a layer: how many weights are exactly zero (grey), and how the others are spread.

    Signal: ``weight_selected(int)``, the position among all parameters of the weight that was clicked on.
    """

    weight_selected = Signal(int)

    def __init__(self) -> None:
        super().__init__("histogramPanel", "", "", "")
        self.set_title(self.tr("Weights"))
        self.set_help(
            self.tr(
                "The weights of each layer. Grey: the share that is exactly zero. The ticks beneath the first layer "
                "are its weights one by one, by input. Prior draws what the penalty expects of the weights; Over time "
                "shows the norms. The axes hold still, so that shrinking is seen. A click on a tick or a bar puts that "
                "weight on an axis of the constraint geometry, and asks why it is zero or not."
            )
        )
        self._empty = self.tr("The weights of each layer appear here.")
        self.set_readout(self._empty)
        self._scene: RunScene | None = None
        # All that were made, top to bottom, and those of them that the network has layers for.
        self._made: list[LayerRow] = []
        self._rows: list[LayerRow] = []
        self._ghosts: tuple[Ghost, ...] = ()
        self._is_built = False
        self._names: tuple[str, ...] = ()
        self._rug: WeightRug | None = None
        self._rug_px = 0.0
        self._norms: NormPlots | None = None
        self._make_content()
        self._fit_action = QAction(self.tr("Fit axes to the present weights"), self)
        self._fit_action.triggered.connect(self._on_fit_triggered)
        self._prior_action = QAction(self.tr("Prior"), self)
        self._time_action = QAction(self.tr("Norms over time"), self)
        for action, button in ((self._prior_action, self._prior), (self._time_action, self._over_time)):
            action.setCheckable(True)
            action.toggled.connect(button.setChecked)
            button.toggled.connect(action.setChecked)
        self._prior.toggled.connect(self._on_prior_toggled)
        self._over_time.toggled.connect(self._on_over_time_toggled)
        self.apply_theme()

    def _make_content(self) -> None:
        self._area = QScrollArea()
        self._area.setObjectName("histogramArea")
        self._area.setAccessibleName(self.tr("Weights of each layer"))
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._area)
        self._prior = ToggleButton(
            "priorButton", self.tr("Prior"), self.tr("Draw the prior that the penalty stands for")
        )
        self._over_time = ToggleButton(
            "overTimeButton", self.tr("Over time"), self.tr("‖W‖₁, ‖W‖₂ and the number of weights alive over time")
        )
        self._legend = QLabel()
        self._legend.setObjectName("priorLegend")
        self._legend.setWordWrap(True)
        self._legend.setTextFormat(Qt.TextFormat.PlainText)
        self._legend.hide()
        self._axis_name = ElidedLabel()
        self._axis_name.setObjectName("weightAxisName")
        self._axis_name.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self._prior)
        line.addWidget(self._over_time)
        line.addWidget(self._axis_name, stretch=1)
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(1)
        layout.addWidget(self._legend)
        layout.addWidget(self._pages, stretch=1)
        layout.addLayout(line)
        self.set_content(content)

    def build(self) -> None:
        if self._is_built:
            return
        self._is_built = True
        import pyqtgraph as pg

        # In the colours in force.
        from regdesk.views.plots import steady_plots as steady_plots

        self._view = pg.GraphicsLayoutWidget()
        self._view.ci.layout.setContentsMargins(0, 0, 0, 0)
        self._view.ci.layout.setVerticalSpacing(0)
        self._area.setWidget(self._view)
        self.add_view(self._view)
        self._view.scene().sigMouseClicked.connect(self._on_scene_clicked)

    def building(self) -> Iterator[None]:
        self.build()
        while len(self._made) < N_ROWS_AHEAD:
            yield
            self._make_row()
        yield
        self._make_rug()

    def apply_theme(self) -> None:
        colours = theme.colours()
        self._legend.setStyleSheet(f"color: {colours.penalty}")
        self._axis_name.setStyleSheet(f"color: {colours.quiet_text}")
        for button in (self._prior, self._over_time):
            button.apply_theme()
        for row in self._made:
            row.apply_theme()
        if self._rug is not None:
            self._rug.apply_theme()
        if self._norms is not None:
            self._norms.apply_theme()
        super().apply_theme()

    def reset(self) -> None:
        """Empty, for a new run with axes of its own; the rows are kept for it."""
        self._names = ()
        self._take_away(0)
        if self._norms is not None:
            self._norms.reset()
        self.set_readout(self._empty)

    def show_run_scene(self, scene: RunScene) -> None:
        """Names of the inputs, and the number of training rows."""
        self._scene = scene
        self._name_axis()

    def _make_row(self) -> None:
        from regdesk.views.weights.histogram import LayerRow

        self._made.append(LayerRow())

    def _make_rug(self) -> WeightRug:
        if self._rug is None:
            from regdesk.views.weights.rug import WeightRug

            self._rug = WeightRug()
        return self._rug

    def freeze(self) -> None:
        if self._frame is not None:
            from regdesk.views.weights.histogram import Ghost

            self._ghosts = tuple(Ghost.of(layer) for layer in self._frame.snapshot.layers)
            self._show_ghosts()

    def thaw(self) -> None:
        self._ghosts = ()
        self._show_ghosts()

    def menu_actions(self) -> list[QAction]:
        self._fit_action.setEnabled(bool(self._rows))
        return [self._prior_action, self._time_action, self._fit_action]

    @property
    def part(self) -> Part:
        return self.curves if self._over_time.isChecked() else Part.PICTURES

    def draw(self, frame: Frame) -> None:
        if self._over_time.isChecked() and self._norms is not None:
            self._norms.show(frame, self._n_frames)
            return
        snapshot = frame.snapshot
        network, layers = snapshot.network, snapshot.layers
        if tuple(layer.name for layer in layers) != self._names:
            self._fit_rows(frame)
        priors = self._priors(frame)
        self._fit_height(len(layers))
        for number, (row, layer) in enumerate(zip(self._rows, layers, strict=True)):
            row.show(layer, network.weights(snapshot.parameters, number), priors[number])
        if self._rug is not None and self._rows:
            first = self._rows[0]
            left_px = first.plot.getViewBox().sceneBoundingRect().left()
            too_small = None if snapshot.too_small is None else network.weights(snapshot.too_small, 0)
            self._rug.show(network.weights(snapshot.parameters, 0), first.limit, left_px, too_small)
        if self._prior.isChecked():
            self._show_legend(frame, priors)

    def draw_words(self, frame: Frame) -> None:
        # Rows of another network are made when they are drawn.
        if tuple(layer.name for layer in frame.snapshot.layers) == self._names:
            for row in self._rows:
                row.show_title(float(self._view.width()))

    def sentence(self, frame: Frame) -> tuple[str, str | None]:
        snapshot = frame.snapshot
        layers = snapshot.layers
        l1 = sum(layer.l1_norm for layer in layers)
        l2 = float(np.sqrt(sum(layer.l2_norm**2 for layer in layers)))
        text = self.tr("{alive} of {all} alive; ‖W‖₁ {l1}, ‖W‖₂ {l2}").format(
            alive=sum(layer.n_alive for layer in layers), all=snapshot.n_weights, l1=fixed_text(l1), l2=fixed_text(l2)
        )
        if snapshot.n_too_small:
            text += "; " + too_small_text(snapshot)
        if self._fitting_ghosts(layers):
            text += self.tr("; frozen outline")
        return f"{text}.", None

    def value_at(self, view: Any, place: QPointF) -> str | None:
        if self._norms is not None and view is self._norms.view:
            return self._norms.value_at(place)
        for row in self._rows:
            if row.zeros.sceneBoundingRect().contains(place):
                return self._zeros_text(self._rows.index(row))
            text = row.value_at(place)
            if text is not None:
                return self._with_click(text, place)
        text = self._rug.value_at(place) if self._rug is not None and self._rows else None
        if text is None or self.weight_at(place) is None:
            return text
        if "\n" in text:
            return text + "\n" + self.tr("Click: the first of them onto an axis of the constraint geometry")
        return text + "\n" + self.tr("Click: onto an axis of the constraint geometry")

    def weight_at(self, place: QPointF) -> int | None:
        """The position among all parameters of the weight that a click at ``place`` of the scene means."""
        if self._frame is None or not self._rows:
            return None
        network, parameters = self._frame.snapshot.network, self._frame.snapshot.parameters
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
        if position is None or self._frame is None or self._scene is None:
            return text
        from regdesk.core.weights.names import weight_name

        network = self._frame.snapshot.network
        name = weight_name(network, position, self._scene.input_names, self._scene.output_names)
        return text + "\n" + self.tr("Click: {name} onto an axis of the constraint geometry").format(name=name)

    def _on_scene_clicked(self, event: Any) -> None:
        position = self.weight_at(event.scenePos()) if event.button() == Qt.MouseButton.LeftButton else None
        if position is not None:
            self.weight_selected.emit(position)

    def _zeros_text(self, number: int) -> str | None:
        if self._frame is None:
            return None
        snapshot = self._frame.snapshot
        layer = snapshot.layers[number]
        text = self.tr("{zero} of {all} weights are exactly zero").format(zero=layer.n_zero, all=layer.n_weights)
        if layer.n_too_small:
            text += "\n" + self.tr("{n} more are only too small for {dtype}").format(
                n=layer.n_too_small, dtype=snapshot.parameters.dtype.name
            )
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

    def _priors(self, frame: Frame) -> tuple[WeightPrior | None, ...]:
        network = frame.snapshot.network
        if not self._prior.isChecked() or self._scene is None:
            return (None,) * network.n_layers
        from regdesk.core.weights.prior import layer_priors

        return layer_priors(frame.snapshot.settings, network, self._scene.n_train)

    def _show_legend(self, frame: Frame, priors: tuple[WeightPrior | None, ...]) -> None:
        from regdesk.core.words.prior_words import prior_text

        bars = [(row.limit, row.bin_width) for row in self._rows]
        is_noisy = self._scene is not None and self._scene.task == "regression"
        snapshot = frame.snapshot
        text = prior_text(snapshot.settings, priors, bars, is_noisy, snapshot.network.input_factors)
        # The dashes of the curve in front of its name.
        text = f"╌╌ {text}" if any(prior is not None for prior in priors) else text
        if text != self._legend.text():
            self._legend.setText(text)

    def _fitting_ghosts(self, layers: tuple[LayerSummary, ...]) -> tuple[Ghost, ...]:
        """The frozen outlines, if they are of layers like these."""
        shape = tuple((layer.name, layer.n_weights) for layer in layers)
        return self._ghosts if shape == tuple((ghost.name, ghost.n_weights) for ghost in self._ghosts) else ()

    def _show_ghosts(self) -> None:
        for row, ghost in zip_longest(self._rows, self._ghosts[: len(self._rows)]):
            row.show_ghost(ghost)
        self.show_again()

    def _fit_rows(self, frame: Frame) -> None:
        layers = frame.snapshot.layers
        self._names = tuple(layer.name for layer in layers)
        self._ghosts = self._fitting_ghosts(layers)
        self._take_away(len(layers))
        while len(self._made) < len(layers):
            self._make_row()
        rug_px = self._fit_rug(frame)
        self._rug_px = rug_px
        self._fit_height(len(layers))
        for number, row in enumerate(self._made[: len(layers)]):
            if number >= len(self._rows):
                # Only now: hidden items would keep the layout at its least size.
                self._view.addItem(row.title, row=GRID_ROWS * number, col=0, colspan=2)
                self._view.addItem(row.zeros, row=GRID_ROWS * number + 1, col=0)
                self._view.addItem(row.plot, row=GRID_ROWS * number + 1, col=1)
                self._rows.append(row)
            row.begin(layers[number])
            row.show_ghost(self._ghosts[number] if self._ghosts else None)
        # While only a title and the narrow bar of zeros stood in it, the layout would not grow beyond them.
        self._view.ci.layout.activate()
        self._view.ci.setGeometry(self._view.viewRect())

    def _fit_height(self, n_rows: int) -> None:
        """Rows that have no room scroll; titles of several lines make them higher."""
        from regdesk.views.weights.histogram import title_lines

        line_px, n_more = self.fontMetrics().height(), title_lines(self._view.width()) - 1
        row_px = scaled_px(ROW_HEIGHT_PX + GAP_PX) + n_more * line_px
        height_px = round(row_px * n_rows + self._rug_px)
        if height_px != self._view.minimumHeight():
            self._view.setMinimumHeight(height_px)
            for number in range(n_rows):
                # The number at the top of an axis reaches above it.
                self._view.ci.layout.setRowSpacing(GRID_ROWS * number, scaled_px(GAP_PX))

    def _fit_rug(self, frame: Frame) -> float:
        if self._scene is None:
            return 0.0
        rug = self._make_rug()
        height_px = rug.begin(frame.snapshot.network, self._scene.input_names, self._scene.output_names)
        if rug.plot not in self._view.ci.items:
            self._view.addItem(rug.plot, row=2, col=0, colspan=2)
        return height_px

    def _take_away(self, n_kept: int) -> None:
        """Out of the picture with the rows that no layer needs; they are kept for another run."""
        for row in self._rows[n_kept:]:
            for item in (row.title, row.zeros, row.plot):
                self._view.removeItem(item)
        del self._rows[n_kept:]
        if not n_kept and self._rug is not None and self._rug.plot in self._view.ci.items:
            self._view.removeItem(self._rug.plot)

    def _name_axis(self) -> None:
        if self._over_time.isChecked():
            self._axis_name.show_text(self.tr("epoch"))
        elif self._scene is not None and self._scene.is_standardized:
            self._axis_name.show_text(self.tr("weight (standardised inputs)"), self.tr("weight"))
        else:
            self._axis_name.show_text(self.tr("weight (inputs as they are)"), self.tr("weight"))

    def _on_prior_toggled(self, is_shown: bool) -> None:
        self._legend.setVisible(is_shown and not self._over_time.isChecked())
        self.show_again()

    def _on_over_time_toggled(self, is_shown: bool) -> None:
        if self._norms is None:
            from regdesk.views.weights.norm_plots import NormPlots

            self._norms = NormPlots()
            self._pages.addWidget(self._norms.view)
            self.add_view(self._norms.view)
        self._pages.setCurrentIndex(int(is_shown))
        self._legend.setVisible(self._prior.isChecked() and not is_shown)
        self._name_axis()
        self.show_again()

    def _on_fit_triggered(self) -> None:
        if self._frame is None:
            return
        snapshot = self._frame.snapshot
        for number, row in enumerate(self._rows):
            row.fit(snapshot.network.weights(snapshot.parameters, number))
        self.show_again()
