"""The choices about data other than the features: target, task, missing cells, rows held back, seed, scales."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDoubleSpinBox, QSpinBox, QVBoxLayout, QWidget

from regdesk.views.kit.form_parts import make_combo, make_group, name_widget, select_datum
from regdesk.views.kit.plain_text import tool_tip

if TYPE_CHECKING:
    from regdesk.core.types import DataSettings

LARGEST_FRACTION = 0.9
LARGEST_SEED = 2**31 - 1
DECIMALS = 2


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
        self._target = make_combo(
            "targetBox", self.tr("Target column"), self.tr("The column that the model learns to predict.")
        )
        self._task = make_combo("taskBox", self.tr("Task"), self.tr("Predict a number, or tell classes apart."))
        for task, name in (
            ("auto", self.tr("automatic")),
            ("regression", self.tr("regression (a number)")),
            ("classification", self.tr("classification (classes)")),
        ):
            self._task.addItem(name, task)
        form.addRow(self.tr("&Target"), self._target)
        form.addRow(self.tr("Tas&k"), self._task)
        layout.addWidget(group)
        self._target.currentIndexChanged.connect(self._on_target_changed)
        self._task.currentIndexChanged.connect(self.edited)

    def _make_rows(self, layout: QVBoxLayout) -> None:
        group, form = make_group(self.tr("Rows"))
        self._missing = make_combo(
            "missingBox", self.tr("Missing cells"), self.tr("What becomes of rows in which a feature is missing.")
        )
        self._missing.addItem(self.tr("impute: fill them in"), "impute")
        self._missing.addItem(self.tr("drop the row"), "drop")
        for index, tip in enumerate(
            (
                self.tr("Numbers become the median, labels the most frequent one, of the training rows."),
                self.tr("A row in which any checked feature is missing is not used."),
            )
        ):
            self._missing.setItemData(index, tip, Qt.ItemDataRole.ToolTipRole)
        self._validation = self._fraction(
            "validationFractionSpin",
            self.tr("Validation fraction"),
            self.tr("Share of the rows that the model never learns from; they show whether it has understood."),
        )
        self._test = self._fraction(
            "testFractionSpin",
            self.tr("Test fraction"),
            self.tr("Share of the rows that nobody looks at until the end."),
        )
        self._seed = QSpinBox()
        self._seed.setRange(0, LARGEST_SEED)
        name_widget(
            self._seed,
            "seedSpin",
            self.tr("Seed"),
            self.tr("Draws the rows that are held back and the initial weights; the same seed, the same run."),
        )
        self._weight = make_combo(
            "weightBox",
            self.tr("Row weights"),
            self.tr("Column that says how much each row counts: 2 is as good as two rows, 0 as none."),
        )
        form.addRow(self.tr("&Missing cells"), self._missing)
        form.addRow(self.tr("&Validation"), self._validation)
        form.addRow(self.tr("T&est"), self._test)
        form.addRow(self.tr("&Seed"), self._seed)
        form.addRow(self.tr("&Weights"), self._weight)
        layout.addWidget(group)
        self._missing.currentIndexChanged.connect(self.edited)
        self._seed.valueChanged.connect(self.edited)
        self._weight.currentIndexChanged.connect(self.roles_edited)

    def _fraction(self, object_name: str, accessible_name: str, tip: str) -> QDoubleSpinBox:
        spin = QDoubleSpinBox()
        # As on the command line and everywhere else in the window: a point.
        spin.setLocale(QLocale.c())
        spin.setRange(0.0, LARGEST_FRACTION)
        spin.setSingleStep(0.05)
        spin.setDecimals(DECIMALS)
        name_widget(spin, object_name, accessible_name, tip)
        spin.valueChanged.connect(self.edited)
        return spin

    def _make_scales(self, layout: QVBoxLayout) -> None:
        group, form = make_group(self.tr("Scales"))
        self._scale_inputs = QCheckBox(self.tr("Standardise &inputs"))
        name_widget(
            self._scale_inputs,
            "standardizeInputsBox",
            self.tr("Standardise inputs"),
            self.tr("Mean 0 and standard deviation 1 on the training rows, so that λ presses on all alike."),
        )
        self._scale_target = QCheckBox(self.tr("Standardise ta&rget"))
        name_widget(
            self._scale_target,
            "standardizeTargetBox",
            self.tr("Standardise target"),
            self.tr("The same for the target of a regression; classes have no scale."),
        )
        form.addRow(self._scale_inputs)
        form.addRow(self._scale_target)
        layout.addWidget(group)
        self._scale_inputs.toggled.connect(self.edited)
        self._scale_target.toggled.connect(self.edited)

    def show_settings(self, names: tuple[str, ...], settings: DataSettings, seed: int) -> None:
        """``names`` are those of the table's columns. Says nothing."""
        with QSignalBlocker(self):
            if names != tuple(self._target.itemData(index) for index in range(self._target.count())):
                self._show_names(names)
            with QSignalBlocker(self._target):
                self._target.setCurrentIndex(names.index(settings.target) if settings.target in names else -1)
            select_datum(self._weight, settings.weight_column)
            select_datum(self._task, settings.task)
            select_datum(self._missing, settings.missing)
            for spin, fraction in (
                (self._validation, settings.validation_fraction),
                (self._test, settings.test_fraction),
            ):
                spin.setMaximum(max(LARGEST_FRACTION, fraction))
                spin.setValue(fraction)
            self._seed.setValue(seed)
            self._scale_inputs.setChecked(settings.standardize)
            self._scale_target.setChecked(settings.standardize_target)

    def _show_names(self, names: tuple[str, ...]) -> None:
        for box, first in ((self._target, ()), (self._weight, ((self.tr("none: rows count alike"), None),))):
            box.clear()
            for text, name in (*first, *((name, name) for name in names)):
                box.addItem(text, name)
                if name is not None:
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

    def edited_settings(self, settings: DataSettings, seed: int) -> tuple[DataSettings, int]:
        """``settings`` and ``seed`` with what has been changed here."""
        edited = replace(
            settings,
            target=self.target or None,
            task=self._task.currentData(),
            missing=self._missing.currentData(),
            validation_fraction=_read(self._validation, settings.validation_fraction),
            test_fraction=_read(self._test, settings.test_fraction),
            standardize=self._scale_inputs.isChecked(),
            standardize_target=self._scale_target.isChecked(),
            weight_column=self.weight,
        )
        return edited, self._seed.value() if min(seed, LARGEST_SEED) != self._seed.value() else seed

    def _on_target_changed(self, _index: int) -> None:
        # What was forced upon one column says nothing about another.
        select_datum(self._task, "auto")
        self.roles_edited.emit()


def _read(spin: QDoubleSpinBox, before: float) -> float:
    """The fraction in ``spin``, or ``before`` to its last digit where that is what is shown."""
    return before if abs(spin.value() - round(before, DECIMALS)) < 1e-9 else round(spin.value(), DECIMALS)
