"""The line of the data fit that changes the data: degree, points that are moved and added, fits of other samples."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QToolButton, QWidget

from regdesk.core.fit.tools import NO_TOOLS, PointTools
from regdesk.views.fit.resample_tools import ResampleTools
from regdesk.views.kit.flow_layout import FlowLayout
from regdesk.views.kit.form_parts import name_widget
from regdesk.views.kit.number_edit import ValueEdit
from regdesk.views.kit.plain_text import tool_tip
from regdesk.views.kit.setting_controls import SettingSpin
from regdesk.views.kit.slim_box import make_slim_box
from regdesk.views.kit.toggle_button import ToggleButton

if TYPE_CHECKING:
    from regdesk.core.fit.scene import FitScene

MOST_CLASS_PX = 120
MOVE_TIP = (
    "Drag a point to move it, also to the height of the other class where they stand at 0 and 1; click where there is "
    "none to add a training row; the menu of a point gives it another class, or deletes it if you added it. By "
    "keyboard: N and P choose a point, arrows move it, C gives it the next class, Insert adds one, Delete deletes one. "
    "It is your own copy of the data: the file stays as it is. The history begins anew with each "
    "change, as losses of other rows cannot be compared."
)
BACK_TIP = "Forget all points that were moved and added: the rows of the file again."


class FitToolsRow(QWidget):
    """Signals: ``degree_chosen(int)``, ``moving_toggled(bool)``, ``copy_left()``, ``refused(str)`` with a
    sentence. ``resampling`` has signals of its own.
    """

    degree_chosen = Signal(int)
    moving_toggled = Signal(bool)
    copy_left = Signal()
    refused = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._tools = NO_TOOLS
        self._scene: FitScene | None = None
        self._degree_label = QLabel(self.tr("Polynomial degree"))
        self.degree = SettingSpin("data.degree")
        # The dialog of the data has the setting's own control.
        self.degree.setObjectName("fitDegreeSpin")
        self._degree_label.setBuddy(self.degree)
        self.move_button = ToggleButton("movePointsButton", self.tr("Move points"), self.tr("Move points"))
        self.class_box = make_slim_box("addedClassBox", self.tr("Class of an added point"), most_px=MOST_CLASS_PX)
        self.value_edit = ValueEdit(_finite, lambda value: f"{value:.6g}")
        name_widget(
            self.value_edit, "addedValueEdit", self.tr("Value of an added point"),
            self.tr("What is to be predicted in a point that is added."),
        )  # fmt: skip
        self.value_edit.setMaximumWidth(MOST_CLASS_PX)
        self.back_button = QToolButton()
        self.back_button.setText(self.tr("Back to the file"))
        name_widget(self.back_button, "backToFileButton", self.tr("Back to the file"), self.tr(BACK_TIP))
        self.resampling = ResampleTools(self)
        layout = FlowLayout()
        self.setLayout(layout)
        for widget in (
            self._degree_label, self.degree, self.move_button, self.class_box, self.value_edit, self.back_button,
            *self.resampling.widgets,
        ):  # fmt: skip
            layout.addWidget(widget)
        self._value: float | None = None
        self.back_action = QAction(self.tr("Back to the file"), self)
        self.back_action.triggered.connect(self.copy_left)
        self.degree.valueChanged.connect(self._on_degree_changed)
        self.move_button.toggled.connect(self._on_moving_toggled)
        self.back_button.clicked.connect(self.copy_left)
        self.value_edit.value_entered.connect(self._on_value_entered)
        self.value_edit.refused.connect(self.refused)
        self.show_tools(NO_TOOLS)

    @property
    def tools(self) -> PointTools:
        """What is offered."""
        return self._tools

    @property
    def is_moving(self) -> bool:
        """Whether a drag moves points."""
        return self.move_button.isChecked()

    @property
    def added_target(self) -> str | float | None:
        """What an added point has of the target where no axis shows it: its class, or a number; else None."""
        if self._scene is not None and self._scene.classes:
            return self._scene.classes[self.class_box.currentIndex()]
        return self._value if self._tools.asks_value else None

    def show_tools(self, tools: PointTools) -> None:
        """Offer what can be done to the data in force."""
        self._tools = tools
        for widget in (self._degree_label, self.degree):
            widget.setVisible(tools.degree is not None)
        if tools.degree is not None:
            self.degree.show_value(tools.degree)
        self.move_button.setEnabled(not tools.no_move)
        self.move_button.setToolTip(tool_tip(tools.no_move or self.tr(MOVE_TIP)))
        self.back_button.setVisible(bool(tools.copy))
        self.back_action.setEnabled(bool(tools.copy))
        if tools.no_move:
            self.move_button.setChecked(False)
        self._show_choices()
        self._show_row()

    def show_scene(self, scene: FitScene) -> None:
        """Offer the classes of what is drawn; a number begins in the middle of the rows'."""
        before, self._scene = self._scene, scene
        if before is None or before.classes != scene.classes:
            with QSignalBlocker(self.class_box):
                self.class_box.clear()
                self.class_box.addItems(list(scene.classes))
        if before is None or (before.dataset_name, before.target) != (scene.dataset_name, scene.target):
            self._value = float(scene.train_targets.mean()) if len(scene.train_targets) else 0.0
            self.value_edit.show_value(self._value)
        self.resampling.show_map(scene.kind == "map")
        self._show_choices()

    def show_resampling(self, no_resample: str) -> None:
        """``no_resample``: why there can be no fits of other samples, as a sentence; empty where there can."""
        self.resampling.show_available(no_resample)
        self._show_row()

    def _show_row(self) -> None:
        """It takes room from the picture, and has none where nothing of it can be used."""
        tools = self._tools
        self.setVisible(
            not tools.no_move or not self.resampling.unavailable_reason or tools.degree is not None or bool(tools.copy)
        )

    def apply_theme(self) -> None:
        """Take on the colours in force."""
        self.move_button.apply_theme()
        self.resampling.apply_theme()

    def _show_choices(self) -> None:
        can_add = self.is_moving and not self._tools.no_add
        self.class_box.setVisible(can_add and self._scene is not None and bool(self._scene.classes))
        self.value_edit.setVisible(can_add and self._tools.asks_value)

    def _on_degree_changed(self, _value: float) -> None:
        self.degree_chosen.emit(int(self.degree.entered))

    def _on_moving_toggled(self, is_on: bool) -> None:
        self._show_choices()
        self.moving_toggled.emit(is_on)

    def _on_value_entered(self, value: float) -> None:
        self._value = value
        self.value_edit.show_value(value)


def _finite(text: str) -> float:
    """Raises ValueError, a sentence, where ``text`` is not a number."""
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if value - value != 0.0:
        raise ValueError(f"the value of an added point is a number, and not {text[:30]!r}.")
    return value
