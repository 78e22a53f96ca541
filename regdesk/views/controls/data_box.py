"""The part of the control column that says which data are trained on, and opens the dialog to change that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFormLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from regdesk.views.kit import spacing
from regdesk.views.kit.elided_label import ElidedLabel
from regdesk.views.kit.form_parts import Section, keep_to_grid, make_form, make_paragraph
from regdesk.views.kit.plain_text import tool_tip
from regdesk.views.kit.text_size import make_heading

if TYPE_CHECKING:
    from regdesk.core.run.frame import TableView
    from regdesk.core.settings.change import Touches
    from regdesk.core.settings.configuration import Configuration
    from regdesk.core.types import DataSettings
    from regdesk.core.words.data_facts import ColumnFact, Consequences
    from regdesk.views.controls.data_dialog import DataDialog


class DataBox(Section):
    """Signals: ``data_requested()``, to be answered with ``open_dialog``; ``data_edited(DataSettings, int)`` and
    ``data_chosen(DataSettings, int)`` as of the dialog.

    ``action`` opens the dialog from wherever it is put.
    """

    data_requested = Signal()
    # As of the dialog: a seed may be larger than a C int.
    data_edited = Signal(object, object)
    data_chosen = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self.setTitle(self.tr("Data"))
        self._dialog: DataDialog | None = None
        self.action = QAction(self.tr("Data…"), self)
        self.action.setObjectName("dataAction")
        self.action.setShortcut(QKeySequence("Ctrl+D"))
        self.addAction(self.action)
        self._button = QPushButton(self.action.text())
        self._button.setObjectName("dataButton")
        self._button.setAccessibleName(self.tr("Data"))
        self._title = ElidedLabel()
        self._title.setObjectName("dataTitle")
        make_heading(self._title)
        self._hint = make_paragraph()
        # Names of nothing say nothing: they come with the first table.
        self._facts = QWidget()
        form = make_form(self._facts)
        form.setContentsMargins(0, 0, 0, 0)
        self._target = self._line(form, self.tr("Target"), "targetLabel")
        self._task = self._lines(form, self.tr("Task"), "taskLabel")
        self._inputs = self._lines(form, self.tr("Inputs"), "inputsLabel")
        self._rows = self._lines(form, self.tr("Rows"), "rowsLabel")
        layout = QVBoxLayout(self)
        keep_to_grid(layout)
        layout.setSpacing(spacing.SMALL_PX)
        layout.addWidget(self._title)
        layout.addWidget(self._hint)
        layout.addWidget(self._facts)
        layout.addWidget(self._button)
        self._hint.hide()
        self._facts.hide()
        self._show_action(False)
        self.action.triggered.connect(self.data_requested)
        self._button.clicked.connect(self.action.trigger)

    def _line(self, form: QFormLayout, name: str, object_name: str) -> ElidedLabel:
        label = ElidedLabel()
        label.setObjectName(object_name)
        label.setAccessibleName(name)
        form.addRow(name, label)
        return label

    def _lines(self, form: QFormLayout, name: str, object_name: str) -> QLabel:
        label = make_paragraph()
        label.setObjectName(object_name)
        label.setAccessibleName(name)
        form.addRow(name, label)
        return label

    def _show_action(self, is_possible: bool) -> None:
        self.action.setEnabled(is_possible)
        self._button.setEnabled(is_possible)
        tip = (
            self.tr("Choose target, features, rows and seed; says first what that does (Ctrl+D)")
            if is_possible
            else self.tr("Open a file or a sample first (Ctrl+D)")
        )
        self.action.setToolTip(tip)
        self._button.setToolTip(tip)
        self._button.setAccessibleDescription(tip)

    def show_awaited(self, title: str) -> None:
        """The name of the first data while they are read, with nothing known of them; empty: none are."""
        self._title.show_text(title)

    def show_table(self, view: TableView) -> None:
        self._title.show_text(view.title)
        self._hint.setText(view.hint)
        self._hint.setVisible(bool(view.hint))
        self._target.show_text(view.target)
        for label, text in ((self._task, view.task), (self._inputs, view.inputs), (self._rows, view.rows)):
            label.setText(text)
            label.setToolTip(tool_tip(text))
        self._facts.show()
        self._show_action(True)

    def open_dialog(
        self,
        title: str,
        facts: tuple[ColumnFact, ...],
        settings: DataSettings,
        seed: int,
        consequences: Consequences | None,
    ) -> None:
        """See ``DataDialog.open_with``; it is made when it is first wanted."""
        if self._dialog is None:
            from regdesk.views.controls.data_dialog import DataDialog

            self._dialog = DataDialog(self.window())
            self._dialog.settings_edited.connect(self.data_edited)
            self._dialog.settings_chosen.connect(self.data_chosen)
        self._dialog.open_with(title, facts, settings, seed, consequences)

    def show_configuration(self, configuration: Configuration, touches: Touches) -> None:
        """What is in force, for a dialog that is open."""
        if self._dialog is not None and (touches("data") or touches("seed")):
            self._dialog.show_in_force(configuration.data, configuration.seed)

    def show_consequences(self, consequences: Consequences) -> None:
        if self._dialog is not None:
            self._dialog.show_consequences(consequences)

    def show_problem(self, sentence: str) -> None:
        if self._dialog is not None:
            self._dialog.show_problem(sentence)

    def close_dialog(self) -> None:
        """Leave the dialog without applying it, if it is open."""
        if self._dialog is not None:
            self._dialog.reject()

    def apply_theme(self) -> None:
        if self._dialog is not None:
            self._dialog.apply_theme()
