"""The weights of each layer: histograms on fixed axes, exact zeros, the inputs by name, the prior, and their course."""

from __future__ import annotations

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
from regdesk.views.kit.toggle_button import ToggleButton
from regdesk.views.plots.data_columns import Column
from regdesk.views.plots.panel import Panel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regdesk.core.run.frame import Frame
    from regdesk.core.run.scene import RunScene
    from regdesk.core.weights.prior import WeightPrior
    from regdesk.views.weights.norm_plots import NormPlots
    from regdesk.views.weights.rows import LayerRows


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
        self._rows: LayerRows | None = None
        self._norms: NormPlots | None = None
        self._make_content()
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
        self._made()

    def _made(self) -> LayerRows:
        """What it takes to draw, made when it is first asked for."""
        if self._rows is None:
            from regdesk.views.weights.rows import LayerRows

            rows = self._rows = LayerRows(self)
            self._area.setWidget(rows.view)
            self.add_view(rows.view)
            rows.view.scene().sigMouseClicked.connect(self._on_scene_clicked)
            if self._scene is not None:
                rows.show_run_scene(self._scene)
        return self._rows

    def building(self) -> Iterator[None]:
        yield from self._made().building()

    def apply_theme(self) -> None:
        colours = theme.colours()
        self._legend.setStyleSheet(f"color: {colours.penalty}")
        self._axis_name.setStyleSheet(f"color: {colours.quiet_text}")
        for button in (self._prior, self._over_time):
            button.apply_theme()
        if self._rows is not None:
            self._rows.apply_theme()
        if self._norms is not None:
            self._norms.apply_theme()
        super().apply_theme()

    def reset(self) -> None:
        """Empty, for a new run with axes of its own; the rows are kept for it."""
        if self._rows is not None:
            self._rows.reset()
        if self._norms is not None:
            self._norms.reset()
        self.set_readout(self._empty)

    def show_run_scene(self, scene: RunScene) -> None:
        """Names of the inputs, and the number of training rows."""
        self._scene = scene
        if self._rows is not None:
            self._rows.show_run_scene(scene)
        self._name_axis()

    def freeze(self) -> None:
        if self._frame is not None:
            self._made().freeze(self._frame.snapshot.layers)
            self.show_again()

    def thaw(self) -> None:
        self._made().thaw()
        self.show_again()

    def menu_actions(self) -> list[QAction]:
        return [self._prior_action, self._time_action]

    @property
    def part(self) -> Part:
        return self.curves if self._over_time.isChecked() else Part.PICTURES

    def draw(self, frame: Frame) -> None:
        if self._over_time.isChecked() and self._norms is not None:
            self._norms.show(frame, self._n_frames)
            return
        rows, priors = self._made(), self._priors(frame)
        rows.show(frame.snapshot, priors)
        if self._prior.isChecked():
            self._show_legend(frame, rows, priors)

    def draw_words(self, frame: Frame) -> None:
        # Rows of another network are made when they are drawn.
        if self._rows is not None and self._rows.are_of(frame.snapshot):
            self._rows.show_titles()

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
        if self._rows is not None and self._rows.fitting_ghosts(layers):
            text += self.tr("; frozen outline")
        return f"{text}.", None

    def data_columns(self) -> list[Column]:
        frame, scene = self._frame, self._scene
        if self._over_time.isChecked() or frame is None or scene is None:
            return super().data_columns()
        from regdesk.core.weights.names import weight_list

        snapshot = frame.snapshot
        weights = weight_list(snapshot.network, scene.input_names, scene.output_names)
        columns = [
            Column(self.tr("input or connection"), weights.names),
            Column(self._axis_words, snapshot.parameters[list(weights.positions)]),
        ]
        for layer in snapshot.layers:
            edges = np.linspace(-layer.limit, layer.limit, len(layer.counts) + 1)
            columns.append(Column(self.tr("{layer}: from").format(layer=layer.name), edges[:-1]))
            columns.append(Column(self.tr("{layer}: number").format(layer=layer.name), layer.counts))
        return columns

    def value_at(self, view: Any, place: QPointF) -> str | None:
        if self._norms is not None and view is self._norms.view:
            return self._norms.value_at(place)
        return self._made().value_at(place)

    def _on_scene_clicked(self, event: Any) -> None:
        is_left = event.button() == Qt.MouseButton.LeftButton
        position = self._made().weight_at(event.scenePos()) if is_left else None
        if position is not None:
            self.weight_selected.emit(position)

    def _priors(self, frame: Frame) -> tuple[WeightPrior | None, ...]:
        network = frame.snapshot.network
        if not self._prior.isChecked() or self._scene is None:
            return (None,) * network.n_layers
        from regdesk.core.weights.prior import layer_priors

        return layer_priors(frame.snapshot.settings, network, self._scene.n_train)

    def _show_legend(self, frame: Frame, rows: LayerRows, priors: tuple[WeightPrior | None, ...]) -> None:
        from regdesk.core.words.prior_words import prior_text

        is_noisy = self._scene is not None and self._scene.task == "regression"
        snapshot = frame.snapshot
        text = prior_text(snapshot.settings, priors, rows.bars, is_noisy, snapshot.network.input_factors)
        # The dashes of the curve in front of its name.
        text = f"╌╌ {text}" if any(prior is not None for prior in priors) else text
        if text != self._legend.text():
            self._legend.setText(text)

    @property
    def _axis_words(self) -> str:
        is_standardized = self._scene is not None and self._scene.is_standardized
        return self.tr("weight (standardised inputs)") if is_standardized else self.tr("weight (inputs as they are)")

    def _name_axis(self) -> None:
        if self._over_time.isChecked():
            self._axis_name.show_text(self.tr("epoch"))
        else:
            self._axis_name.show_text(self._axis_words, self.tr("weight"))

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

    def fit_axes(self) -> None:
        if self._frame is not None:
            self._made().fit_axes(self._frame.snapshot)
            if self._norms is not None:
                self._norms.fit_axes()
