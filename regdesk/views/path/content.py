"""What the path panel holds once there is a path: controls, plot, and the list of events beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSignalBlocker, QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from regdesk.views.kit import spacing
from regdesk.views.kit.text_size import scaled_px
from regdesk.views.path.controls import LISTS_EVENTS, PathControls
from regdesk.views.path.events_list import PathEventsList
from regdesk.views.path.picture import PathPicture, picture_of
from regdesk.views.path.plot import PathPlot
from regdesk.views.path.words import value_text
from regdesk.views.plots.data_columns import Column
from regdesk.views.sweep.axes import swept_ends

if TYPE_CHECKING:
    from collections.abc import Callable

    from regdesk.core.settings.configuration import PathSettings
    from regdesk.core.sweep.curve import SweepCurve
    from regdesk.core.sweep.weight_path import WeightPath

WIDE_PX = 640
"""Of the panel, from which the list stands beside the plot unless it was asked to go."""
LIST_WIDTH_PX = 230
NARROW_PX = 430
"""Of the panel, below which the list takes the place of the plot."""


class PathContent(QWidget):
    """Signals: ``input_chosen(object)`` with the number of an input, None for none; ``settings_chosen(object)`` with
    the values of settings by path.
    """

    input_chosen = Signal(object)
    settings_chosen = Signal(object)

    def __init__(self, settings: Callable[[], PathSettings]) -> None:
        """``settings`` answers with what is in force."""
        super().__init__()
        self._settings = settings
        self.controls = PathControls(settings)
        self.plot = PathPlot(
            self,
            {
                "lambda": self.tr("λ"),
                "norm": self.tr("‖w‖₁ (standardised)"),
                "explained": self.tr("fraction of deviance explained"),
            },
        )
        self.events = PathEventsList()
        self._curve: SweepCurve | None = None
        self._path: WeightPath | None = None
        self._picture: PathPicture | None = None
        self._is_stale = False
        self._selected: tuple[int, ...] = ()
        self._width_px = 0
        beside = QHBoxLayout()
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(spacing.SMALL_PX)
        beside.addWidget(self.plot.view, stretch=1)
        beside.addWidget(self.events)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(spacing.TIGHT_PX)
        layout.addWidget(self.controls)
        layout.addLayout(beside, stretch=1)
        self.controls.settings_chosen.connect(self.settings_chosen)
        self.controls.choice_changed.connect(self._on_choice_changed)
        self.controls.events.toggled.connect(self._on_events_toggled)
        self.plot.input_clicked.connect(self.input_chosen)
        self.events.input_chosen.connect(self.input_chosen)

    def apply_theme(self) -> None:
        self.controls.apply_theme()
        self.plot.apply_theme()
        self.events.apply_theme()

    def minimumSizeHint(self) -> QSize:
        # It arranges itself in whatever room a panel has; what it needs now says nothing of that.
        return QSize(0, 0)

    def show_width(self, width_px: int) -> None:
        """How wide the panel is."""
        self._width_px = width_px
        self._choose_events()

    def show_settings(self) -> None:
        """What is in force is another."""
        if self.controls.show_settings():
            self._show_picture()
        self._choose_events()

    def _choose_events(self) -> None:
        # Until somebody presses the button, the width decides.
        wanted = self._settings().lists_events
        with QSignalBlocker(self.controls.events):
            self.controls.events.setChecked(self._width_px >= scaled_px(WIDE_PX) if wanted is None else wanted)
        self._arrange()

    def show_sweep(self, curve: SweepCurve, path: WeightPath, is_stale: bool, selected: tuple[int, ...]) -> None:
        is_same = path is self._path
        self._curve, self._path, self._is_stale, self._selected = curve, path, is_stale, selected
        self.controls.show_facts(path.facts.output_names, path.facts.is_scaled, path.facts.is_network)
        self._show_picture()
        if is_same:
            self.events.show_selected(selected)
        else:
            self.events.show_path(path, selected)

    def clear(self) -> None:
        """No path, for a moment."""
        self._curve = self._path = self._picture = None
        self.plot.clear()
        self.events.clear()

    def value_at(self, place: QPointF) -> str | None:
        found = self.plot.near(place)
        return value_text(self._picture, *found) if found is not None and self._picture is not None else None

    def data_columns(self) -> list[Column]:
        """λ and where it stands, and every input's weight, also of those that are too small to be drawn."""
        picture = self._picture
        if picture is None:
            return []
        columns = [Column(self.tr("λ"), picture.path.lambdas)]
        if picture.choice.axis != "lambda":
            columns.append(Column(self.plot.axis_names[picture.choice.axis], picture.places))
        names = picture.path.facts.input_names
        values = zip(names, picture.values.T, strict=True)
        return columns + [Column(f"{name}: {self._value_name()}", column) for name, column in values]

    def _show_picture(self) -> None:
        if self._curve is None or self._path is None:
            return
        choice = self.controls.choice
        ends = swept_ends(self._curve) if len(self._path.lambdas) < self._curve.n_lambdas else None
        swept = ends or (float(self._path.lambdas[0]), float(self._path.lambdas[-1]))
        self._picture = picture_of(self._path, choice, swept, self._curve.is_done, self._is_stale)
        self.plot.show(self._picture, self._selected, self._value_name())

    def _value_name(self) -> str:
        assert self._path is not None
        choice, facts = self.controls.choice, self._path.facts
        if facts.is_network:
            name = self.tr("‖weights of an input‖₂")
        elif not facts.is_scaled:
            name = self.tr("norm") if self._is_norm else self.tr("weight")
        elif self._is_norm:
            name = self.tr("norm (original units)") if choice.is_original else self.tr("norm (standardised)")
        else:
            name = self.tr("weight (original units)") if choice.is_original else self.tr("weight (standardised)")
        return name

    @property
    def _is_norm(self) -> bool:
        assert self._path is not None
        return len(self._path.facts.output_names) > 1 and self.controls.choice.output is None

    def _arrange(self) -> None:
        is_listed = self.controls.events.isChecked()
        is_alone = is_listed and self._width_px < scaled_px(NARROW_PX)
        self.plot.view.setVisible(not is_alone)
        self.events.setVisible(is_listed)
        if is_alone:
            self.events.setMinimumWidth(0)
            self.events.setMaximumWidth(16777215)
        else:
            self.events.setFixedWidth(min(scaled_px(LIST_WIDTH_PX), self._width_px // 2))

    def _on_choice_changed(self) -> None:
        self._show_picture()

    def _on_events_toggled(self, is_shown: bool) -> None:
        self.settings_chosen.emit({LISTS_EVENTS: is_shown})
        self._arrange()
