"""The weights of each layer: histograms on fixed axes, exact zeros, the inputs by name, the prior, and their course."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPointF, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction, QHideEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from regdesk.core.run.pace import Part
from regdesk.core.settings.configuration import ViewSettings
from regdesk.core.settings.selected import NOTHING, position_in, selected_weight
from regdesk.core.types import Architecture
from regdesk.views.kit import spacing, theme
from regdesk.views.kit.elided_label import ElidedLabel
from regdesk.views.kit.flow_layout import YieldingFlowLayout
from regdesk.views.kit.setting_controls import setting_slim_box, setting_toggle, show_datum
from regdesk.views.plots.data_columns import Column
from regdesk.views.plots.panel import Panel
from regdesk.views.weights.pages import WeightPages
from regdesk.views.weights.weight_setting import WeightSetting
from regdesk.views.weights.words import fitting_sentence, weights_sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from regdesk.core.run.frame import Frame
    from regdesk.core.run.scene import RunScene
    from regdesk.core.weights.prior import WeightPrior
    from regdesk.views.weights.rows import LayerRows

PICTURE, PRIOR, NORMS = "view.weights_picture", "view.shows_prior", "view.shows_norms"
MOST_WIDTH_PX = 190


class HistogramPanel(Panel):
    """One row a layer: how many weights are exactly zero (grey), and how the others are spread.

    Signals: ``weight_set(int, float)``, the position of a weight among all parameters and the value that somebody
    gives it; ``refused(str)``; ``settings_chosen(object)`` with the values of settings by path.
    """

    weight_set = Signal(int, float)
    refused = Signal(str)

    def __init__(
        self, view: Callable[[], ViewSettings] = ViewSettings, architecture: Callable[[], Architecture] = Architecture
    ) -> None:
        """``view`` and ``architecture`` answer with what is in force."""
        super().__init__("histogramPanel", "", "", "")
        self._view_settings, self._architecture = view, architecture
        self.set_title(self.tr("Weights"))
        self.set_help(
            self.tr(
                "The weights of each layer. Grey: the share that is exactly zero; what is only too small to matter "
                "stands in a bar at 0. The ticks beneath the first layer "
                "are its weights one by one, by input. Prior draws what the penalty expects of the weights; Over time "
                "shows the norms. Set… gives one of them a value by hand. The axes hold still, so that shrinking is "
                "seen. A click on a tick or a bar selects that weight in all panels, puts it on an axis of the "
                "constraint geometry, and asks why it is zero."
            )
        )
        self._empty = self.tr("The weights of each layer appear here.")
        self.set_readout(self._empty)
        self._scene: RunScene | None = None
        self._rows: LayerRows | None = None
        self._make_content()
        self._prior_action = QAction(self.tr("Prior"), self)
        self._time_action = QAction(self.tr("Norms over time"), self)
        for action, button in ((self._prior_action, self._prior), (self._time_action, self._over_time)):
            action.setCheckable(True)
            action.triggered.connect(button.setChecked)
            button.toggled.connect(self._on_button_toggled)
        self._picture.currentIndexChanged.connect(self._on_picture_chosen)
        self._pages.weight_selected.connect(lambda position: self.selects_anew(selected_weight(position)))
        self._pages.view_made.connect(self.add_view)
        self.show_view_settings(view())
        self.apply_theme()

    def _make_content(self) -> None:
        self._area = QScrollArea()
        self._area.setObjectName("histogramArea")
        self._area.setAccessibleName(self.tr("Weights of each layer"))
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._pages = self.comparison = WeightPages(self._area)
        self._picture = setting_slim_box(PICTURE, MOST_WIDTH_PX)
        self._prior, self._over_time = setting_toggle(PRIOR), setting_toggle(NORMS)
        self._setting = WeightSetting()
        self._setting.weight_set.connect(self.weight_set)
        self._setting.refused.connect(self.refused)
        self._setting.weight_chosen.connect(lambda position: self.part_selected.emit(selected_weight(position)))
        self._legend = QLabel()
        self._legend.setObjectName("priorLegend")
        self._legend.setWordWrap(True)
        self._legend.setTextFormat(Qt.TextFormat.PlainText)
        self._legend.hide()
        self._axis_name = ElidedLabel()
        self._axis_name.setObjectName("weightAxisName")
        self._axis_name.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        # Two panels stand side by side in a window of 1024 pixels if neither needs more than 353.
        controls, line = QWidget(), YieldingFlowLayout(spacing_px=6)
        controls.setLayout(line)
        for widget in (self._picture, self._prior, self._over_time, self._setting.button, self._axis_name):
            line.addWidget(widget)
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(spacing.TIGHT_PX)
        layout.addWidget(self._legend)
        layout.addWidget(self._pages, stretch=1)
        layout.addWidget(self._setting)
        layout.addWidget(controls)
        self.set_content(content)

    def build(self) -> None:
        self._made()

    def _made(self) -> LayerRows:
        """What it takes to draw, made when it is first asked for."""
        if self._rows is None:
            from regdesk.views.weights.rows import LayerRows

            rows = self._rows = self.ruled = LayerRows(self)
            self._area.setWidget(rows.view)
            self.add_view(rows.view)
            rows.view.scene().sigMouseClicked.connect(self._on_scene_clicked)
            rows.show_selected(self._selected)
            if self._scene is not None:
                rows.show_run_scene(self._scene)
        return self._rows

    def building(self) -> Iterator[None]:
        yield from self._made().building(len(self._architecture().hidden) + 1)

    def apply_theme(self) -> None:
        colours = theme.colours()
        self._legend.setStyleSheet(f"color: {colours.penalty}")
        self._axis_name.setStyleSheet(f"color: {colours.quiet_text}")
        for button in (self._prior, self._over_time, self._setting.button):
            button.apply_theme()
        if self._rows is not None:
            self._rows.apply_theme()
        self._pages.apply_theme()
        super().apply_theme()

    def reset(self) -> None:
        """Empty, for a new run with axes of its own; the rows are kept for it."""
        if self._rows is not None:
            self._rows.reset()
        self._pages.reset()
        self.set_readout(self._empty)

    def show_run_scene(self, scene: RunScene) -> None:
        """Names of the inputs, and the number of training rows."""
        self._scene = scene
        self._pages.show_run_scene(scene)
        if self._rows is not None:
            self._rows.show_run_scene(scene)
        self._name_axis()

    def show_selected(self) -> None:
        if self._rows is not None:
            self._rows.show_selected(self._selected)
        self._pages.show_selected(self._selected)
        self._setting.choose(position_in(self._selected))

    @property
    def ghost(self) -> object:
        return None if self._rows is None else self._rows.ghosts or None

    def ghost_of(self, frame: Frame) -> object:
        return self._made().ghosts_of(frame.snapshot.layers)

    def show_ghost(self, ghost: Any) -> None:
        if ghost is not self.ghost:
            self._made().show_ghosts(ghost or ())
            self.show_again()

    def menu_actions(self) -> list[QAction]:
        self._prior_action.setChecked(self._prior.isChecked())
        self._time_action.setChecked(self._over_time.isChecked())
        return [self._prior_action, self._time_action]

    @property
    def part(self) -> Part:
        return self.curves if self._over_time.isChecked() else Part.PICTURES

    def draw(self, frame: Frame) -> None:
        self.comparison.note_seen(self.is_seen)
        if self._pages.page != "histograms":
            self._pages.draw(frame, self._n_frames, self._is_running)
            return
        rows, priors = self._made(), self._priors(frame)
        rows.show(frame.snapshot, priors, self._n_frames)
        if self._prior.isChecked():
            self._show_legend(frame, rows, priors)

    def draw_words(self, frame: Frame) -> None:
        # Rows of another network are made when they are drawn.
        if self._rows is not None and self._rows.are_of(frame.snapshot):
            self._rows.show_titles(self._is_running)
        if self._scene is not None:
            self._setting.show_snapshot(frame.snapshot, self._scene)

    def sentence(self, frame: Frame) -> tuple[str, str | None]:
        has_outline = self._rows is not None and bool(self._rows.fitting_ghosts(frame.snapshot.layers))
        words = f"{self._exact_mark} {weights_sentence(frame.snapshot, self._is_running, has_outline)}".lstrip()
        return words, fitting_sentence(words, self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._frame is not None:
            self._say_frame(self._frame)

    def data_columns(self) -> list[Column]:
        columns = None if self._frame is None else self._pages.data_columns(self._frame, self._axis_words)
        return super().data_columns() if columns is None else columns

    def value_at(self, view: Any, place: QPointF) -> str | None:
        norms = self._pages.norms
        return (self._made() if norms is None or view is not norms.view else norms).value_at(place)

    def _on_scene_clicked(self, event: Any) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            position = self._made().weight_at(event.scenePos())
            self.part_selected.emit(NOTHING if position is None else selected_weight(position))

    def _priors(self, frame: Frame) -> tuple[WeightPrior | None, ...]:
        network = frame.snapshot.network
        if not self._prior.isChecked() or self._scene is None:
            return (None,) * network.n_layers
        from regdesk.core.weights.prior import layer_priors

        return layer_priors(frame.snapshot.settings, network, self._scene.n_train)

    def _show_legend(self, frame: Frame, rows: LayerRows, priors: tuple[WeightPrior | None, ...]) -> None:
        from regdesk.views.weights.prior_legend import prior_legend

        text = prior_legend(frame.snapshot, self._scene, priors, rows.bars)
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
        self._axis_name.keep_room()

    def show_view_settings(self, view: ViewSettings) -> None:
        super().show_view_settings(view)
        show_datum(self._picture, view.weights_picture)
        has_changed = False
        for button, is_on in ((self._prior, view.shows_prior), (self._over_time, view.shows_norms)):
            has_changed |= button.isChecked() != is_on
            with QSignalBlocker(button):
                button.setChecked(is_on)
        self._choose_page()
        if has_changed:
            self.show_again()

    def _choose_page(self) -> None:
        self._pages.choose(self._view_settings().weights_picture, self._over_time.isChecked())
        is_histogram = self._pages.page == "histograms"
        for part in (self._prior, self._prior_action):
            part.setEnabled(is_histogram)
        self._legend.setVisible(self._prior.isChecked() and is_histogram)
        self._name_axis()
        self.comparison.note_seen(self.is_seen)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.comparison.note_seen(self.is_seen)

    def _on_picture_chosen(self, _index: int) -> None:
        # Who chooses a picture of the weights wants to see it.
        with QSignalBlocker(self._over_time):
            self._over_time.setChecked(False)
        self.settings_chosen.emit({PICTURE: self._picture.currentData(), NORMS: False})
        self._choose_page()
        self.show_again()

    def _on_button_toggled(self, _is_down: bool) -> None:
        self.settings_chosen.emit({PRIOR: self._prior.isChecked(), NORMS: self._over_time.isChecked()})
        self._choose_page()
        self.show_again()

    def fit_axes(self) -> None:
        if self._frame is not None:
            self._made().fit_axes(self._frame.snapshot)
            if self._pages.norms is not None:
                self._pages.norms.fit_axes()
