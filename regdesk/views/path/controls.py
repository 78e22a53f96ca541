"""How a path is looked at: the axis, the scale, the class, and whether its events are listed."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from regdesk.views.kit import spacing
from regdesk.views.kit.slim_box import make_slim_box
from regdesk.views.kit.toggle_button import ToggleButton
from regdesk.views.path.picture import AXES, PathChoice

MOST_WIDTH_PX = 190


class PathControls(QWidget):
    """Signal: ``choice_changed()``; ``choice`` is what is chosen."""

    choice_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        axis_tip = self.tr("What the weights are drawn over: λ, ‖w‖₁ or the fraction of deviance explained")
        self.axes = make_slim_box("pathAxisBox", axis_tip, most_px=MOST_WIDTH_PX)
        self.axes.addItems([self.tr("λ"), self.tr("‖w‖₁"), self.tr("explained")])
        self.scales = make_slim_box("pathScaleBox", self.tr("Scale of the weights"), most_px=MOST_WIDTH_PX)
        self.scales.addItems([self.tr("standardised"), self.tr("original units")])
        self.classes = make_slim_box(
            "pathClassBox",
            self.tr("Class whose weights are drawn, or the norm over all of them"),
            most_px=MOST_WIDTH_PX,
        )
        self.classes.hide()
        self.events = ToggleButton("pathEventsButton", self.tr("Events"), self.tr("What enters and leaves, in words"))
        self._names: tuple[str, ...] = ()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(spacing.SMALL_PX)
        for box, stretch in ((self.axes, 3), (self.scales, 4), (self.classes, 3)):
            layout.addWidget(box, stretch)
            box.currentIndexChanged.connect(self._on_index_changed)
        layout.addStretch(0)
        layout.addWidget(self.events)

    @property
    def choice(self) -> PathChoice:
        return PathChoice(
            AXES[max(self.axes.currentIndex(), 0)],
            self.scales.currentIndex() == 1,
            self.classes.currentIndex() - 1 if self.classes.currentIndex() > 0 else None,
        )

    def show_facts(self, output_names: tuple[str, ...], is_scaled: bool, is_network: bool = False) -> None:
        """What there is to choose from."""
        self.scales.setEnabled(is_scaled)
        tip = self.tr("Scale of the weights") if is_scaled else self.tr("Nothing was standardised: both are the same.")
        if is_network:
            tip = self.tr("Only standardised: a unit of a network has no unit of the data.")
        self.scales.setToolTip(tip)
        if not is_scaled:
            with QSignalBlocker(self.scales):
                self.scales.setCurrentIndex(0)
        if output_names != self._names:
            self._names = output_names
            with QSignalBlocker(self.classes):
                self.classes.clear()
                self.classes.addItem(self.tr("norm"))
                self.classes.addItems(list(output_names))
            self.classes.setVisible(len(output_names) > 1)

    def apply_theme(self) -> None:
        self.events.apply_theme()

    def _on_index_changed(self, _index: int) -> None:
        self.choice_changed.emit()
