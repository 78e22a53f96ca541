"""The control column: data, network, optimiser, penalty and λ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMargins, Qt, Signal
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from regdesk.core.settings.change import Touches, everything
from regdesk.views.controls.data_box import DataBox
from regdesk.views.controls.model_boxes import NetworkBox, OptimizerBox
from regdesk.views.controls.penalty_box import QWIDGETSIZE_MAX, PenaltyBox
from regdesk.views.controls.whole_rows_area import WholeRowsArea
from regdesk.views.kit import spacing, theme
from regdesk.views.kit.form_parts import make_group, make_paragraph
from regdesk.views.kit.text_size import scaled_px

if TYPE_CHECKING:
    from regdesk.core.run.frame import TableView
    from regdesk.core.settings.configuration import Configuration

USUAL_PX = 300
"""Width of the column for text of the usual size."""
WINDOW_SHARE = 0.25
"""Of the window's width, which larger text may take."""
MOST_SHARE = 0.36
"""Of a window in which the column takes more, the panels have too little: as a whole it is for wider ones."""
CROWDED = 1.5
"""Times as wide would large text have it than is still good to read."""


class Controls(QWidget):
    """Signals carry what the user wants; ``show_configuration`` shows what is in force without a signal.

    What the user wants of the data is said by ``data``, the box with the dialog.
    """

    hidden_layers_entered = Signal(object)
    activation_chosen = Signal(str)
    optimizer_chosen = Signal(str)
    learning_rate_entered = Signal(object)
    batch_size_entered = Signal(object)
    penalty_chosen = Signal(str)
    l1_ratio_moved = Signal(float)
    lambda_chosen = Signal(float)
    lambda_drag_changed = Signal(bool)
    input_refused = Signal(str)
    penalty_help_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("controls")
        self.data = DataBox()
        self._network = NetworkBox()
        self._optimizer = OptimizerBox()
        self._penalty = PenaltyBox()
        # Last in the column: what was done is read once, the controls above are used again and again.
        self._summary = make_paragraph()
        self._summary_group, summary_form = make_group(self.tr("Data preparation"))
        summary_form.addRow(self._summary)
        # A heading over nothing, until something has been prepared.
        self._summary_group.hide()
        self._upper = QWidget()
        upper_layout = QVBoxLayout(self._upper)
        upper_layout.setContentsMargins(0, 0, spacing.SMALL_PX, 0)
        upper_layout.setSpacing(spacing.USUAL_PX)
        for group in (self.data, self._network, self._optimizer, self._summary_group):
            upper_layout.addWidget(group)
        upper_layout.addStretch(1)
        self._area = area = WholeRowsArea()
        area.setObjectName("controlsArea")
        area.setAccessibleName(self.tr("Data, network and optimiser"))
        # What is in it has the keyboard; it is scrolled there when Tab gets there.
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self._upper)
        layout = QVBoxLayout(self)
        self._margins = QMargins(spacing.USUAL_PX, spacing.SMALL_PX, spacing.SMALL_PX, spacing.SMALL_PX)
        layout.setContentsMargins(self._margins)
        layout.setSpacing(spacing.SMALL_PX)
        layout.addWidget(area, stretch=1)
        # λ never scrolls away.
        layout.addWidget(self._penalty)
        self.is_whole = True
        """Whether all groups are there, and not the penalty and λ alone."""
        self._connect_boxes()

    def show_whole(self, is_whole: bool) -> None:
        """All groups below each other, or in one row the penalty and λ alone."""
        self.is_whole = is_whole
        self._area.setVisible(is_whole)
        self._penalty.show_in_row(not is_whole)
        policy = QSizePolicy.Policy.Preferred if is_whole else QSizePolicy.Policy.Maximum
        self.setSizePolicy(QSizePolicy.Policy.Preferred, policy)

    def fit_into(self, window_px: int) -> None:
        """Take a share of a window that is ``window_px`` wide: as much as is usual for the text, but never so little
        that something would be cut off.
        """
        if not self.is_whole:
            self.setMinimumWidth(0)
            self.setMaximumWidth(QWIDGETSIZE_MAX)
            return
        least_px = self._penalty.minimumSizeHint().width() + self._margins.left() + self._margins.right()
        self.setFixedWidth(max(self._whole_px(window_px), least_px))

    def takes_too_much_of(self, window_px: int) -> bool:
        """Whether as a whole it would leave the panels of such a window too little."""
        # Fields stand under their names where there is no room beside them: up to half as large again, that will do.
        return max(self._whole_px(window_px), scaled_px(USUAL_PX) / CROWDED) > MOST_SHARE * window_px

    def _whole_px(self, window_px: int) -> int:
        """The width as a whole, in which nothing of what scrolls is cut off, whether or not it is folded now."""
        usual_px = max(USUAL_PX, min(scaled_px(USUAL_PX), round(WINDOW_SHARE * window_px)))
        scrolled_px = self._upper.minimumSizeHint().width() + self._area.verticalScrollBar().sizeHint().width()
        return max(usual_px, scrolled_px + self._margins.left() + self._margins.right())

    def _connect_boxes(self) -> None:
        network, optimizer, penalty = self._network, self._optimizer, self._penalty
        network.hidden_layers_entered.connect(self.hidden_layers_entered)
        network.activation_chosen.connect(self.activation_chosen)
        optimizer.optimizer_chosen.connect(self.optimizer_chosen)
        optimizer.learning_rate_entered.connect(self.learning_rate_entered)
        optimizer.batch_size_entered.connect(self.batch_size_entered)
        penalty.penalty_chosen.connect(self.penalty_chosen)
        penalty.help_requested.connect(self.penalty_help_requested)
        penalty.l1_ratio_moved.connect(self.l1_ratio_moved)
        penalty.lambda_chosen.connect(self.lambda_chosen)
        penalty.lambda_drag_changed.connect(self.lambda_drag_changed)
        # From wherever: panels and actions say so by this signal, too.
        self.lambda_chosen.connect(self._on_lambda_chosen)
        for box in (network, optimizer, penalty):
            box.input_refused.connect(self.input_refused)

    def _on_lambda_chosen(self, _lam: float) -> None:
        self._penalty.drop_typed_lambda()

    def show_table(self, view: TableView) -> None:
        self.data.show_table(view)
        self._summary.setText(view.summary)
        self._summary_group.setVisible(bool(view.summary))
        self._area.fit_soon()

    def show_configuration(self, configuration: Configuration, touches: Touches = everything) -> None:
        """Show what is in force, where ``touches`` says that it is another than was shown before."""
        self.data.show_configuration(configuration, touches)
        self._network.show_architecture(configuration.architecture, touches)
        self._optimizer.show_settings(configuration.training, touches)
        self._penalty.show_settings(configuration.training, configuration.architecture.is_linear, touches)

    def focus_lambda(self) -> None:
        """λ takes the keyboard."""
        self._penalty.focus_lambda()

    def apply_theme(self) -> None:
        """Take on the colours in force."""
        theme.style_scroll_bars(self._area)
        self.data.apply_theme()
        self._penalty.apply_theme()
