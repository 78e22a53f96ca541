"""Who does the units of a sweep: threads, processes of this machine, or a cluster."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QSpinBox, QWidget

from regdesk.views.kit import theme
from regdesk.views.kit.form_parts import make_paragraph
from regdesk.views.kit.keyed_dialog import KeyedDialog
from regdesk.views.kit.plain_text import tool_tip

AUTOMATIC, THREADS, PROCESSES, CLUSTER = "", "threads", "processes", "dask"
ADDRESS_EXAMPLE = "tcp://localhost:8786"


class WorkersDialog(KeyedDialog):
    """Signal: ``workers_chosen(str)`` as the command line writes it: ``threads:N``, ``processes:N`` or
    ``dask:ADDRESS``; empty for threads on every core.
    """

    workers_chosen = Signal(str)

    def __init__(self, parent: QWidget, workers: str, counts: tuple[int, int], refusal: Callable[[str], str]) -> None:
        """``workers`` is what is in force, ``counts`` are the number that is offered at first and the largest.

        ``refusal`` says why a text cannot be chosen, and is empty where it can be.
        """
        super().__init__(parent)
        self._refusal = refusal
        self.setObjectName("workersDialog")
        self.setWindowTitle(self.tr("Sweep workers"))
        self._kind, self._count, self._address = QComboBox(), QSpinBox(), QLineEdit()
        for name, kind in (
            (self.tr("Automatic: threads on every core"), AUTOMATIC),
            (self.tr("Threads of this program"), THREADS),
            (self.tr("Processes of this machine"), PROCESSES),
            (self.tr("A Dask cluster"), CLUSTER),
        ):
            self._kind.addItem(name, kind)
        self._count.setRange(1, counts[1])
        self._count.setValue(counts[0])
        self._address.setPlaceholderText(ADDRESS_EXAMPLE)
        words = QLabel(
            self.tr(
                "On processors of one kind the numbers are the same whoever does it. The next sweep is done as chosen "
                "here, and so are those of later starts."
            )
        )
        words.setWordWrap(True)
        self._problem = make_paragraph()
        self._problem.setObjectName("workersProblem")
        self._problem.setStyleSheet(f"color: {theme.colours().error}")
        self._lay_out(words)
        self._show(workers)
        self._kind.currentIndexChanged.connect(self._on_choice_changed)
        self._address.textChanged.connect(self._on_choice_changed)
        self.accepted.connect(self._on_accepted)
        self._on_choice_changed()

    def _lay_out(self, words: QLabel) -> None:
        layout = QFormLayout(self)
        layout.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for field, name, label, tip in (
            (self._kind, "workersKindBox", self.tr("&Workers"), self.tr("Who does the parts of a sweep")),
            (self._count, "workersCountSpin", self.tr("&Number"), self.tr("How many work at the same time")),
            (self._address, "workersAddressEdit", self.tr("&Address"),
             self.tr("Of the scheduler, such as {example}").format(example=ADDRESS_EXAMPLE)),
        ):  # fmt: skip
            field.setObjectName(name)
            field.setAccessibleName(label.replace("&", ""))
            field.setToolTip(tip)
            layout.addRow(label, field)
        layout.addRow(self._problem)
        layout.addRow(words)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        for button, name in (
            (QDialogButtonBox.StandardButton.Ok, "acceptWorkersButton"),
            (QDialogButtonBox.StandardButton.Cancel, "cancelWorkersButton"),
        ):
            one = self._buttons.button(button)
            one.setObjectName(name)
            one.setAccessibleName(one.text().replace("&", ""))
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        layout.addRow(self._buttons)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def _show(self, workers: str) -> None:
        kind, _, rest = workers.partition(":")
        self._kind.setCurrentIndex(max(self._kind.findData(kind), 0))
        if kind in (THREADS, PROCESSES):
            self._count.setValue(int(rest))
        elif kind == CLUSTER:
            self._address.setText(rest)

    def _on_choice_changed(self) -> None:
        kind = self._kind.currentData()
        self._count.setEnabled(kind in (THREADS, PROCESSES))
        self._address.setEnabled(kind == CLUSTER)
        refusal = self._refusal(self._chosen) if self._chosen else ""
        accept = self._buttons.button(QDialogButtonBox.StandardButton.Ok)
        accept.setEnabled(not refusal)
        accept.setToolTip(tool_tip(refusal))
        self._problem.setText(refusal)
        self._problem.setVisible(bool(refusal))
        layout = self.layout()
        assert layout is not None
        if self.isVisible():
            # A dialog does not grow by itself for a sentence that comes later.
            self.resize(self.width(), max(self.height(), layout.totalHeightForWidth(self.width())))

    @property
    def _chosen(self) -> str:
        kind = self._kind.currentData()
        rest = self._address.text().strip() if kind == CLUSTER else str(self._count.value())
        return f"{kind}:{rest}" if kind else AUTOMATIC

    def _on_accepted(self) -> None:
        self.workers_chosen.emit(self._chosen)
