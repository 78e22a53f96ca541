"""The choices about data other than the features: target, task, missing cells, rows held back, seed, scales."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from regdesk.core.settings.settings_table import setting_at
from regdesk.core.words.safe_text import safe_line
from regdesk.views.kit.form_parts import make_group
from regdesk.views.kit.plain_text import tool_tip
from regdesk.views.kit.setting_controls import (
    SettingSpin,
    add_setting_row,
    setting_check,
    setting_combo,
    show_datum,
)

if TYPE_CHECKING:
    from regdesk.core.types import DataSettings


class DataForm(QWidget):
    """Signals: ``edited()`` after every change; ``roles_edited()`` instead when another column is target or weight."""

    edited = Signal()
    roles_edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._make_target(layout)
        self._make_rows(layout)
        self._make_scales(layout)
        layout.addStretch(1)

    def _make_target(self, layout: QVBoxLayout) -> None:
        group, form = make_group(self.tr("What is predicted"))
        self._target, self._task = setting_combo("data.target"), setting_combo("data.task")
        add_setting_row(form, "data.target", self._target)
        add_setting_row(form, "data.task", self._task)
        layout.addWidget(group)
        self._target.currentIndexChanged.connect(self._on_target_changed)
        self._task.currentIndexChanged.connect(self.edited)

    def _make_rows(self, layout: QVBoxLayout) -> None:
        group, form = make_group(self.tr("Rows"))
        self._missing = setting_combo("data.missing")
        add_setting_row(form, "data.missing", self._missing)
        self._validation = SettingSpin("data.validation_fraction")
        self._test = SettingSpin("data.test_fraction")
        self._seed = SettingSpin("seed")
        for path, spin in (
            ("data.validation_fraction", self._validation),
            ("data.test_fraction", self._test),
            ("seed", self._seed),
        ):
            add_setting_row(form, path, spin)
            spin.valueChanged.connect(self.edited)
        self._weight = setting_combo("data.weight_column")
        add_setting_row(form, "data.weight_column", self._weight)
        layout.addWidget(group)
        self._missing.currentIndexChanged.connect(self.edited)
        self._weight.currentIndexChanged.connect(self.roles_edited)

    def _make_scales(self, layout: QVBoxLayout) -> None:
        group, form = make_group(self.tr("Powers and scales"))
        self._degree = SettingSpin("data.degree")
        add_setting_row(form, "data.degree", self._degree)
        self._degree.valueChanged.connect(self.edited)
        self._scale_inputs = setting_check("data.standardize")
        self._scale_target = setting_check("data.standardize_target")
        for box in (self._scale_inputs, self._scale_target):
            form.addRow(box)
            box.toggled.connect(self.edited)
        layout.addWidget(group)

    def show_settings(self, names: tuple[str, ...], settings: DataSettings, seed: int) -> None:
        """``names`` are those of the table's columns. Says nothing."""
        with QSignalBlocker(self):
            if names != tuple(self._target.itemData(index) for index in range(self._target.count())):
                self._show_names(names)
            with QSignalBlocker(self._target):
                self._target.setCurrentIndex(names.index(settings.target) if settings.target in names else -1)
            show_datum(self._weight, settings.weight_column)
            show_datum(self._task, settings.task)
            show_datum(self._missing, settings.missing)
            self._validation.show_value(settings.validation_fraction)
            self._test.show_value(settings.test_fraction)
            self._seed.show_value(seed)
            self._degree.show_value(settings.degree)
            self._scale_inputs.setChecked(settings.standardize)
            self._scale_target.setChecked(settings.standardize_target)

    def _show_names(self, names: tuple[str, ...]) -> None:
        self._target.clear()
        self._weight.clear()
        self._weight.addItem(setting_at("data.weight_column").none_text, None)
        for box in (self._target, self._weight):
            for name in names:
                box.addItem(safe_line(name), name)
                box.setItemData(box.count() - 1, tool_tip(name), Qt.ItemDataRole.ToolTipRole)

    def show_task(self, task: str) -> None:
        """What "automatic" comes to; a class has no scale."""
        self._task.setItemText(0, self.tr("automatic ({task})").format(task=task))
        self._scale_target.setEnabled(task == "regression")

    def focus_target(self) -> None:
        self._target.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def target(self) -> str:
        return str(self._target.currentData())

    @property
    def weight(self) -> str | None:
        """The column of row weights; None where rows count alike."""
        found: str | None = self._weight.currentData()
        return found

    def edited_settings(self, settings: DataSettings) -> tuple[DataSettings, int]:
        """``settings`` with what has been changed here, and the seed."""
        edited = replace(
            settings,
            target=self.target or None,
            task=self._task.currentData(),
            missing=self._missing.currentData(),
            validation_fraction=self._validation.entered,
            test_fraction=self._test.entered,
            degree=int(self._degree.entered),
            standardize=self._scale_inputs.isChecked(),
            standardize_target=self._scale_target.isChecked(),
            weight_column=self.weight,
        )
        return edited, int(self._seed.entered)

    def _on_target_changed(self, _index: int) -> None:
        # What was forced upon one column says nothing about another.
        show_datum(self._task, "auto")
        self.roles_edited.emit()
