"""What is chosen for the whole file: the target, what missing cells are, and what true means in a split column."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListView, QVBoxLayout, QWidget

from regdesk.core.settings.settings_table import setting_at
from regdesk.core.types import SPLIT_PARTS, DataSettings, MissingPolicy, SplitPart, TaskChoice
from regdesk.views.importing.names_model import NamesModel
from regdesk.views.kit.form_parts import CalmComboBox, make_combo, name_widget
from regdesk.views.kit.plain_text import PlainLabel, tool_tip
from regdesk.views.kit.setting_controls import entries_of, show_datum
from regdesk.views.kit.text_size import scaled_px

if TYPE_CHECKING:
    from regdesk.core.words.import_facts import ColumnSplit

TARGET_PX, MOST_TARGET_PX, MOST_TASK_PX = 130, 260, 150
SPLIT_TRUE, MISSING, TASK = "data.split_true", "data.missing", "data.task"
NO_SPLIT = ""
MOST_OF_NAME = 24
"""Characters of a name that stands in the row."""


class ChoicesRow(QWidget):
    """Signals: ``target_chosen(str)``; ``part_chosen(str)``, the part of the rows for which true stands, or
    ``split_refused()`` where that column splits no rows; and ``use_chosen()``, another task or use of
    missing cells.
    """

    target_chosen = Signal(str)
    part_chosen = Signal(str)
    split_refused = Signal()
    use_chosen = Signal()

    def __init__(self, sheet_label: QWidget, sheet_box: QWidget) -> None:
        super().__init__()
        self._names = NamesModel()
        self._target = CalmComboBox(MOST_TARGET_PX)
        self._target.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._target.setModel(self._names)
        view = self._target.view()
        if isinstance(view, QListView):
            # Thousands of names are not measured one by one.
            view.setUniformItemSizes(True)
        name_widget(self._target, "importTargetBox", self.tr("Target"), self.tr("The column to predict."))
        self._target.setPlaceholderText(self.tr("choose …"))
        self._target.setMinimumWidth(scaled_px(TARGET_PX))
        self._missing = make_combo("importMissingCellsBox", setting_at(MISSING).label, setting_at(MISSING).tip)
        self._task = CalmComboBox(MOST_TASK_PX)
        self._task.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        name_widget(self._task, "importTaskBox", setting_at(TASK).label, setting_at(TASK).tip)
        for path, box in ((MISSING, self._missing), (TASK, self._task)):
            for value, text, tip in entries_of(path):
                box.addItem(text, value)
                box.setItemData(box.count() - 1, tool_tip(tip), Qt.ItemDataRole.ToolTipRole)
        self._split_label = PlainLabel()
        self._split = make_combo("importSplitBox", setting_at(SPLIT_TRUE).label, setting_at(SPLIT_TRUE).tip)
        for part in SPLIT_PARTS:
            self._split.addItem(part, part)
        self._split.addItem(self.tr("nothing of that: a feature"), NO_SPLIT)
        self._split.setPlaceholderText(self.tr("choose …"))
        self._split_label.setBuddy(self._split)
        target, missing = QLabel(self.tr("What is &predicted")), QLabel(self.tr("Missing cells &are"))
        target.setBuddy(self._target)
        missing.setBuddy(self._missing)
        task = QLabel(self.tr("Ta&sk"))
        task.setBuddy(self._task)
        first, second = QHBoxLayout(), QHBoxLayout()
        for widget in (target, self._target, task, self._task, missing, self._missing):
            first.addWidget(widget)
        first.addStretch(1)
        first.addWidget(sheet_label)
        first.addWidget(sheet_box)
        # A row of its own, seen where there is something to ask.
        second.addWidget(self._split_label)
        second.addWidget(self._split)
        second.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(first)
        layout.addLayout(second)
        self._target.currentIndexChanged.connect(self._on_target_chosen)
        self._split.currentIndexChanged.connect(self._on_part_chosen)
        self._missing.currentIndexChanged.connect(self.use_chosen)
        self._task.currentIndexChanged.connect(self.use_chosen)

    @property
    def target(self) -> str | None:
        """The name of the target; None before one is chosen."""
        return cast("str | None", self._target.currentData())

    @property
    def part(self) -> SplitPart | None:
        """The part for which true stands; None before one is chosen."""
        return cast("SplitPart | None", self._split.currentData() or None)

    @property
    def missing(self) -> MissingPolicy:
        """What is done with missing cells."""
        return cast("MissingPolicy", self._missing.currentData())

    @property
    def task(self) -> TaskChoice:
        """Whether a number is predicted, or classes."""
        return cast("TaskChoice", self._task.currentData())

    def take_focus(self) -> None:
        """Let the keyboard choose the target, or answer what is asked of the split column."""
        asks = self.target is not None and not self._split.isHidden() and self._split.currentIndex() < 0
        (self._split if asks else self._target).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_use(self, settings: DataSettings) -> None:
        """The task, and what is done with missing cells."""
        show_datum(self._missing, settings.missing)
        show_datum(self._task, settings.task)

    def show_targets(self, names: Iterable[str]) -> None:
        """The columns to choose the target from, the likeliest first."""
        wanted = list(names)
        if wanted != self._names.names:
            with QSignalBlocker(self._target):
                self._names.show_names(wanted)
        # Of what cannot be read there are none.
        for box in (self._target, self._task, self._missing):
            box.setEnabled(bool(wanted))

    def show_target(self, name: str | None) -> None:
        """The target among them; None where no column is."""
        with QSignalBlocker(self._target):
            self._target.setCurrentIndex(-1 if name is None else self._target.findData(name))

    def show_split(self, found: tuple[str, ColumnSplit] | None, part: SplitPart | None) -> None:
        """The column that splits the rows by true and false, None where none does; and the ``part`` for which true
        stands, None where that has to be said.
        """
        for widget in (self._split_label, self._split):
            widget.setVisible(found is not None)
        if found is None:
            return
        name, split = found
        short = name if len(name) <= MOST_OF_NAME else f"{name[: MOST_OF_NAME - 1]}…"
        self._split_label.setText(self.tr("In {name}, {label} means").format(name=short, label=split.true_label))
        with QSignalBlocker(self._split):
            self._split.setCurrentIndex(-1 if part is None else self._split.findData(part))

    def question_on(self, found: tuple[str, ColumnSplit] | None) -> str:
        """What has to be answered before the file can be opened; empty where nothing has."""
        if self.target is None:
            return self.tr("Which column is to be predicted? None looks like it; choose it above, or in the list.")
        if found is None or self.part is not None:
            return ""
        name, split = found
        if split.is_named:
            asked = self.tr("Does {label} in {name} stand for {part}, as its name says? Choose above what it means.")
            return asked.format(label=split.true_label, name=name, part=split.when_true)
        asked = self.tr("Does {label} in {name} stand for training or for test? Its name does not say; choose above.")
        return asked.format(label=split.true_label, name=name)

    def part_beside_name(self, found: tuple[str, ColumnSplit] | None) -> SplitPart | None:
        """The part for which true stands in the split column; None where there is none, or its name says the same."""
        part = self.part
        return None if found is None or (found[1].is_named and part == found[1].when_true) else part

    def _on_target_chosen(self, _index: int) -> None:
        if self.target is not None:
            self.target_chosen.emit(self.target)

    def _on_part_chosen(self, _index: int) -> None:
        if self.part is not None:
            self.part_chosen.emit(self.part)
        elif self._split.currentData() == NO_SPLIT:
            self.split_refused.emit()
