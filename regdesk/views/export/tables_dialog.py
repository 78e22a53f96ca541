"""Which tables are saved as CSV, or copied."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QVBoxLayout, QWidget

from regdesk.views.export.saving_dialog import SavingDialog, heading, ticked
from regdesk.views.kit import spacing
from regdesk.views.kit.form_parts import make_form, make_paragraph
from regdesk.views.kit.plain_text import tool_tip


class TableOffer(NamedTuple):
    """A table that can be had: the name of its file, and what it is in words; ``obstacle`` says why not now."""

    name: str
    title: str
    obstacle: str = ""


class TablesDialog(SavingDialog):
    """Signals: ``save_requested(tuple, str)`` with the names of the tables and the folder, and
    ``copy_requested(tuple)`` with the names.
    """

    save_requested = Signal(object, str)
    copy_requested = Signal(object)

    def __init__(
        self, parent: QWidget, tables: Sequence[TableOffer], ticked_at_first: Sequence[str], folder: str
    ) -> None:
        super().__init__(parent, "tables", self.tr("Save tables"), folder)
        self._boxes = []
        whole, form = QVBoxLayout(self), make_form()
        whole.addWidget(heading(self.tr("Tables")))
        for table in tables:
            box = self.make_box(table.name, f"{table.title} ({table.name}.csv)", table.name in ticked_at_first)
            if table.obstacle:
                box.setEnabled(False)
                box.setToolTip(tool_tip(table.obstacle))
                box.setText(f"{box.text()}: {table.obstacle}")
            self._boxes.append((table.name, box))
            box.toggled.connect(self._on_changed)
            whole.addWidget(box)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        form.setHorizontalSpacing(spacing.USUAL_PX)
        self.add_folder(form)
        whole.addLayout(form)
        note = make_paragraph()
        note.setText(
            self.tr(
                "Beside each CSV a file that ends in .provenance.json says of which data, seed, split and settings it "
                "is, and which command makes it again."
            )
        )
        whole.addWidget(note)
        whole.addWidget(self.problem)
        self._copy = self.add_button(self.tr("C&opy"), "copy")
        self._copy.setAutoDefault(False)
        self.add_close()
        whole.addWidget(self.buttons)
        self.folder_edit.textChanged.connect(self._on_changed)
        self.buttons.accepted.connect(self._on_accepted)
        self._copy.clicked.connect(self._on_copy_clicked)
        self._on_changed()

    @property
    def names(self) -> tuple[str, ...]:
        """Of the tables that are ticked."""
        return ticked(self._boxes)

    def _on_changed(self) -> None:
        self.save.setEnabled(bool(self.names and self.folder_edit.text().strip()))
        self._copy.setEnabled(bool(self.names))
        self.show_problem("")

    def _on_accepted(self) -> None:
        self.save_requested.emit(self.names, self.folder_edit.text().strip())

    def _on_copy_clicked(self) -> None:
        self.copy_requested.emit(self.names)
