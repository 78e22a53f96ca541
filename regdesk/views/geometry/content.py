"""What the panel of the constraint geometry holds once it is seen: plots beside their controls."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from regdesk.views.geometry.controls import GeometryControls
from regdesk.views.geometry.labels import LabelPlaces
from regdesk.views.geometry.legend import GeometryLegend, Mark, entries_of
from regdesk.views.geometry.plot import GeometryPlot
from regdesk.views.geometry.plot_grid import PlotGrid
from regdesk.views.geometry.seen import seen_marks
from regdesk.views.geometry.why_label import WhyLabel
from regdesk.views.geometry.words import value_text, why_sentences
from regdesk.views.kit import spacing, theme
from regdesk.views.kit.text_size import scaled_px
from regdesk.views.kit.toggle_button import ToggleButton

if TYPE_CHECKING:
    from collections.abc import Callable

    from regdesk.core.geometry.view import GeometryView
    from regdesk.core.settings.configuration import GeometrySettings
    from regdesk.views.plots.rulers import Ruler

WIDE_PX, HIGH_PX = 470, 310
"""Of the panel, from which the controls stand beside the plot; in a smaller one a button puts them in its place."""
CONTROLS_WIDTH_PX = 200
WHY_HIGH_PX, LEAST_HIGH_PX, VERY_HIGH_PX = 190, 240, 520
MOST_LINES = 2
"""Of why a weight is zero, and of the legend, beneath the plot; in a very high panel the legend has one more."""
MOST_ASPECT = 3.0
LEAST_PLOT_PX = 20.0
MOST_WIDTH_PX = 16777215


class GeometryContent(QWidget):
    """One plot, or three of them in a grid, and ``controls``.

    Signals: ``weight_clicked(int)``, that of the axis whose name was clicked on, and ``aspect_changed(float)`` with
    ``aspect``, which is the height of a plot over its width, rounded away from 1.
    """

    aspect_changed = Signal(float)
    weight_clicked = Signal(int)

    def __init__(self, settings: Callable[[], GeometrySettings]) -> None:
        """``settings`` answers with what is in force."""
        super().__init__()
        self.controls = GeometryControls(settings)
        self.view: Any = pg.GraphicsLayoutWidget()
        self.view.ci.layout.setContentsMargins(0, 0, 0, 0)
        self.view.ci.layout.setSpacing(spacing.SMALL_PX)
        self.plots = [GeometryPlot(self.view, 0)]
        self.opener = ToggleButton(
            "geometryControlsButton", self.tr("Controls"), self.tr("Weights, reading, budget, and why a weight is zero")
        )
        self._grid = PlotGrid(self.view)
        self._shown: GeometryView | None = None
        self._selected: int | None = None
        self.view.scene().sigMouseClicked.connect(self._on_scene_clicked)
        self.aspect = 1.0
        self._is_roomy = True
        self._is_picture = False
        self._compares = False
        beside = QHBoxLayout()
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(spacing.SMALL_PX)
        beside.addWidget(self.view, stretch=1)
        # In a small panel the lowest of them would be cut off.
        self.area = QScrollArea()
        self.area.setObjectName("geometryControlsArea")
        self.area.setAccessibleName(self.opener.text())
        # What is in it has the keyboard; it is scrolled there when Tab gets there.
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.controls.setBackgroundRole(QPalette.ColorRole.Base)
        self.area.setWidget(self.controls)
        theme.style_scroll_bars(self.area)
        beside.addWidget(self.area)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(spacing.TIGHT_PX)
        layout.addWidget(self.opener)
        layout.addLayout(beside, stretch=1)
        self.why, self.legend = WhyLabel(), GeometryLegend()
        layout.addWidget(self.why)
        layout.addWidget(self.legend)
        self.opener.toggled.connect(self._on_opener_toggled)
        self.plots[0].plot.vb.sigResized.connect(self._on_plot_resized)
        self._arrange_soon = QTimer(self, singleShot=True)
        self._arrange_soon.timeout.connect(self._arrange)
        # A hand that moves the axes takes marks out of sight, and the next picture may never come.
        self._legend_soon = QTimer(self, singleShot=True)
        self._legend_soon.timeout.connect(self._show_legend)
        self.plots[0].plot.vb.sigRangeChanged.connect(self._on_range_changed)
        self._place_soon = QTimer(self, singleShot=True)
        self._place_soon.timeout.connect(self._place_plots)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        # It arranges itself in whatever room a panel has; what it needs now says nothing of that.
        return QSize(0, 0)

    def show_size(self, width_px: int, height_px: int) -> None:
        """Of the panel."""
        # The reason is short enough for two lines next to always; of the legend the first entries matter most.
        self.why.show_lines(MOST_LINES if height_px >= scaled_px(WHY_HIGH_PX) else 1)
        is_very_high = height_px >= scaled_px(VERY_HIGH_PX)
        self.legend.show_lines(MOST_LINES + is_very_high if height_px >= scaled_px(HIGH_PX) else 1)
        # In a low panel the plot needs the line more, and the axes their names.
        self.legend.setVisible(height_px >= scaled_px(LEAST_HIGH_PX))
        is_roomy = width_px >= scaled_px(WIDE_PX) and height_px >= scaled_px(HIGH_PX)
        # Not at once: the plots get their room after the panel has got its own.
        self._place_soon.start()
        if is_roomy != self._is_roomy:
            self._is_roomy = is_roomy
            # Not at once: what is shown or hidden may give the panel another size meanwhile.
            self._arrange_soon.start()

    @property
    def rulers(self) -> dict[str, Ruler]:
        """Where the words on the contours of each plot stand."""
        return {f"levels {number}": LabelPlaces(plot.levels) for number, plot in enumerate(self.plots, start=1)}

    def apply_theme(self) -> None:
        theme.style_scroll_bars(self.area)
        self.controls.apply_theme()
        self.opener.apply_theme()
        self.legend.update()
        for plot in self.plots:
            plot.apply_theme()

    def show_view(self, view: GeometryView) -> None:
        """The picture; the words of it follow with ``show_words``."""
        self._shown = view
        if (len(view.looks) > 1) != self._compares:
            # Several plots need the width that the controls have.
            self._compares = len(view.looks) > 1
            with QSignalBlocker(self.opener):
                self.opener.setChecked(False)
            self._arrange()
        while len(self.plots) < len(view.looks):
            self.plots.append(GeometryPlot(self.view, len(self.plots)))
        self._place_plots()
        for number, plot in enumerate(self.plots):
            if number < len(view.looks):
                plot.show(view.looks[number], view.frame, view.names, len(view.looks) > 1)
                plot.show_selected(self._is_selected)
            else:
                plot.clear()

    def show_selected(self, position: int | None) -> None:
        """The name of the weight at ``position``, where it is on an axis, is in the colour of the selection."""
        self._selected = position
        for plot in self.plots:
            plot.show_selected(self._is_selected)

    @property
    def _is_selected(self) -> tuple[bool, bool]:
        pair = (self._shown.pair if self._shown is not None else None) or (None, None)
        across, upwards = (one is not None and one == self._selected for one in pair)
        return across, upwards

    def show_words(self) -> None:
        """Numbers and names, in the plots and among the controls, of the view that is shown."""
        if self._shown is None:
            return
        for plot in self.plots:
            plot.show_words()
        self.controls.show_view(self._shown)
        self.why.show_sentences(why_sentences(self._shown), self._shown.watched_name)
        self._show_legend()

    def _show_legend(self) -> None:
        if self._shown is not None:
            self.legend.show_entries(entries_of(self._shown, self.seen))

    @property
    def seen(self) -> frozenset[Mark]:
        """The marks that stand within one of the plots."""
        return frozenset[Mark]().union(*(seen_marks(plot) for plot in self.plots))

    def show_as_picture(self, is_picture: bool) -> None:
        """Whether it is on the sheet of a picture, which is of other proportions than the plane that is drawn."""
        self._is_picture = is_picture
        self.controls.show_as_picture(is_picture)
        self.view.setMaximumSize(MOST_WIDTH_PX, MOST_WIDTH_PX)
        self._arrange()
        self._place_plots()
        layout = self.layout()
        if not is_picture or self._shown is None or layout is None:
            return
        # What is measured is all the room that there is, and not what was left of it for a smaller sheet.
        layout.activate()
        self.view.ci.layout.activate()
        frame, boxes = self._shown.frame, [plot.plot.vb for plot in self.plots if plot.plot.isVisible()]
        ratio = (frame.top - frame.bottom) / (frame.right - frame.left)
        across, down = sum(box.width() for box in boxes), boxes[0].height()
        besides_px = self.view.width() - across, self.view.height() - down
        # The one that is too long gives way: beyond the plane there is nothing to see.
        if len(boxes) * down > ratio * across:
            self.view.setMaximumHeight(max(0, math.ceil(besides_px[1] + ratio * across / len(boxes))))
        else:
            # Where there is no room at all, planes are wider than their view.
            self.view.setMaximumWidth(max(0, math.ceil(besides_px[0] + len(boxes) * down / ratio)))
            self.area.setMaximumWidth(MOST_WIDTH_PX)

    def value_at(self, place: QPointF) -> str | None:
        for plot in self.plots:
            at = plot.place_in(place)
            if at is not None and plot.look is not None and self._shown is not None:
                return value_text(self._shown, plot.look, *at)
        return None

    def _place_plots(self) -> None:
        if self._shown is not None:
            # On a sheet they stand in a row, which is cut to the plane's shape.
            self._grid.place([plot.plot for plot in self.plots], len(self._shown.looks), self._is_picture)

    def _arrange(self) -> None:
        is_open = self.opener.isChecked()
        has_room = self._is_roomy and (not self._compares or is_open)
        self.opener.setHidden(self._is_picture or (self._is_roomy and not self._compares))
        self.view.setVisible(self._is_roomy or not is_open)
        self.area.setVisible(has_room or is_open)
        if has_room:
            # With room for the bar beside them, whether there is one or not: it must not lie on the controls.
            least_px = max(scaled_px(CONTROLS_WIDTH_PX), self.controls.minimumSizeHint().width())
            self.area.setFixedWidth(least_px + self.area.verticalScrollBar().sizeHint().width())
            # Qt shows a bar one turn of its loop before it gives what is scrolled less width, and lays it on the boxes.
            self.controls.setMaximumWidth(least_px)
        else:
            self.area.setMinimumWidth(0)
            self.area.setMaximumWidth(MOST_WIDTH_PX)
            self.controls.setMaximumWidth(MOST_WIDTH_PX)

    def _on_range_changed(self) -> None:
        self._legend_soon.start()

    def _on_plot_resized(self, box: Any) -> None:
        if box.width() < LEAST_PLOT_PX or box.height() < LEAST_PLOT_PX:
            return
        ratio = min(max(box.height() / box.width(), 1.0 / MOST_ASPECT), MOST_ASPECT)
        aspect = math.ceil(20.0 * ratio) / 20.0 if ratio >= 1.0 else 20.0 / math.ceil(20.0 / ratio)
        if aspect != self.aspect:
            self.aspect = aspect
            self.aspect_changed.emit(self.aspect)

    def _on_scene_clicked(self, event: Any) -> None:
        pair = self._shown.pair if self._shown is not None else None
        if event.button() != Qt.MouseButton.LeftButton or pair is None:
            return
        for plot in self.plots:
            for side, position in zip(("bottom", "left"), pair, strict=True):
                axis = plot.plot.getAxis(side)
                # Its grid reaches over the whole plot.
                if plot.plot.isVisible() and axis.mapRectToScene(axis.rect()).contains(event.scenePos()):
                    self.weight_clicked.emit(position)
                    return

    def _on_opener_toggled(self, _is_open: bool) -> None:
        self._arrange()
