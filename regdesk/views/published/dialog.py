"""Book versus here: a printed table beside the numbers that come out of this program, with a tick for each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from regdesk.core.published.tables import NOT_HERE
from regdesk.core.published.values import summary_of
from regdesk.core.words.safe_text import safe_line
from regdesk.views.kit.form_parts import make_combo, make_paragraph, name_widget
from regdesk.views.kit.keyed_dialog import KeyedDialog
from regdesk.views.kit.text_size import make_heading

if TYPE_CHECKING:
    from regdesk.core.published.values import ComparedRow, PublishedResult

AGREES, DIFFERS = "✓", "✗"
ALIGN_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class PublishedDialog(KeyedDialog):
    """Signals: ``result_chosen(str)`` and ``data_requested(str)`` with the name of a result."""

    result_chosen = Signal(str)
    data_requested = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._results: tuple[PublishedResult, ...] = ()
        self._chosen: PublishedResult | None = None
        self._rows: tuple[ComparedRow, ...] = ()
        self.setObjectName("publishedDialog")
        self.setWindowTitle(self.tr("Published results"))
        self._box = make_combo(
            "publishedResultBox", self.tr("Published result"), self.tr("The table that is found again")
        )
        self._box.activated.connect(self._on_activated)
        self._source, self._sentence = make_paragraph(), make_paragraph()
        self._source.setObjectName("publishedSource")
        self._sentence.setObjectName("publishedSentence")
        self._table = self._made_table()
        self._summary, self._reason = make_paragraph(), make_paragraph()
        self._summary.setObjectName("publishedSummary")
        self._reason.setObjectName("publishedReason")
        make_heading(self._summary)
        self._not_here = make_paragraph()
        self._not_here.setObjectName("publishedNotHere")
        self._not_here.setText(NOT_HERE)
        buttons = self.make_buttons("closePublishedButton")
        tip = self.tr("Put these data and this model in the window")
        self._open = self.make_button(buttons, "openPublishedButton", self.tr("&Open these data"), tip)
        tip = self.tr("The table as text, to paste elsewhere")
        self._copy = self.make_button(buttons, "copyPublishedButton", self.tr("&Copy"), tip)
        self._open.clicked.connect(self._on_open_clicked)
        self._copy.clicked.connect(self._on_copy_clicked)
        self._lay_out(buttons)

    def show_result(
        self, results: Sequence[PublishedResult], chosen: PublishedResult, rows: Sequence[ComparedRow], problem: str
    ) -> None:
        """``chosen`` of ``results``, line by line; ``problem`` stands in the place of ``rows`` that are not known."""
        if tuple(results) != self._results:
            self._results = tuple(results)
            self._box.clear()
            self._box.addItems([result.title for result in results])
        self._chosen, self._rows = chosen, tuple(rows)
        self._box.setCurrentIndex(self._results.index(chosen))
        self._source.setText(chosen.source)
        self._sentence.setText(chosen.sentence)
        self._table.clear()
        self._table.setHeaderLabels(
            [
                chosen.row_word,
                self.tr("{number}, printed").format(number=chosen.number_word),
                self.tr("{number}, here").format(number=chosen.number_word),
                self.tr("Agrees"),
            ]
        )
        for row in rows:
            self._table.addTopLevelItem(self._item_of(row))
        for column in range(4):
            self._table.resizeColumnToContents(column)
        self._summary.setText(problem or summary_of(rows))
        self._reason.setText("" if problem else chosen.why_not_closer)
        self._copy.setEnabled(not problem)
        self._open.setEnabled(not problem)
        self._make_room()

    def _make_room(self) -> None:
        """Grow to hold the texts of this result, which other results have longer or shorter."""
        layout = self.layout()
        assert layout is not None
        layout.activate()
        self.resize(self.width(), max(self.height(), layout.totalHeightForWidth(self.width())))

    def _item_of(self, row: ComparedRow) -> QTreeWidgetItem:
        """Where another line stands in the place of the printed one, both are named."""
        label = row.printed.label
        if row.found is not None and row.found.label != label:
            label = self.tr("{printed} (here: {found})").format(printed=label, found=safe_line(row.found.label))
        found = "–" if row.found is None else f"{row.found.value:.{_n_digits(row.printed.printed)}g}"
        item = QTreeWidgetItem([label, row.printed.printed, found, AGREES if row.agrees else DIFFERS])
        for column in (1, 2):
            item.setTextAlignment(column, ALIGN_RIGHT)
        item.setTextAlignment(3, Qt.AlignmentFlag.AlignCenter)
        said = self.tr("agrees") if row.agrees else self.tr("differs")
        item.setData(3, Qt.ItemDataRole.AccessibleTextRole, said)
        return item

    def _made_table(self) -> QTreeWidget:
        found = QTreeWidget()
        tip = self.tr("What is printed elsewhere beside what comes out here")
        name_widget(found, "publishedTable", self.tr("Printed and here"), tip)
        found.setRootIsDecorated(False)
        found.setUniformRowHeights(True)
        found.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        found.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        found.header().setStretchLastSection(True)
        return found

    def _lay_out(self, buttons: QDialogButtonBox) -> None:
        label = QLabel(self.tr("&Result"))
        label.setBuddy(self._box)
        layout = QVBoxLayout(self)
        for widget in (
            label,
            self._box,
            self._source,
            self._sentence,
            self._table,
            self._summary,
            self._reason,
            self._not_here,
            buttons,
        ):
            layout.addWidget(widget)
        metrics = self.fontMetrics()
        self._table.setMinimumHeight(metrics.lineSpacing() * 13)
        self.resize(metrics.averageCharWidth() * 100, self.sizeHint().height())

    def _on_activated(self, number: int) -> None:
        self.result_chosen.emit(self._results[number].name)

    def _on_open_clicked(self) -> None:
        if self._chosen is not None:
            self.data_requested.emit(self._chosen.name)

    def _on_copy_clicked(self) -> None:
        assert self._chosen is not None
        lines = [(self._chosen.row_word, "printed", "here", "agrees")]
        lines += [
            (
                row.printed.label,
                row.printed.printed,
                "" if row.found is None else repr(row.found.value),
                "yes" if row.agrees else "no",
            )
            for row in self._rows
        ]
        QGuiApplication.clipboard().setText("\n".join("\t".join(line) for line in lines) + "\n")


def _n_digits(printed: str) -> int:
    """As many digits as are printed, so that both can be compared with the eye."""
    return max(len(printed.lstrip("-0.").replace(".", "").replace("-", "")), 1)
