"""The data of a session that is opened are gone, or are others now: what differs, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QPushButton, QVBoxLayout, QWidget

from regdesk.core.timeline.facts import DataFinding
from regdesk.views.kit.file_patterns import TABLE_PATTERNS
from regdesk.views.kit.form_parts import make_paragraph, name_widget
from regdesk.views.kit.keyed_dialog import KeyedDialog
from regdesk.views.kit.plain_text import title_text

WIDTH_PX = 560


class SessionDataDialog(KeyedDialog):
    """Signals: ``file_chosen(str)`` where the data are now, ``look_requested()`` without them, ``use_requested()``
    with what is in their place now; ``rejected()`` where the session is left.
    """

    file_chosen = Signal(str)
    look_requested = Signal()
    use_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("sessionDataDialog")
        self._finding: DataFinding | None = None
        self._sentence, self._differences, self._what = make_paragraph(), make_paragraph(), make_paragraph()
        self._sentence.setObjectName("sessionDataSentence")
        self._differences.setObjectName("sessionDataDifferences")
        self._what.setObjectName("sessionDataWords")
        self._buttons = QDialogButtonBox()
        self._find = self._button(
            "findDataButton", self.tr("&Find them…"), self.tr("Choose the file in which the data are now")
        )
        self._use = self._button(
            "useDataButton", self.tr("&Use these data"),
            self.tr("Open the session's choices with the data as they are now; the model begins anew"),
        )  # fmt: skip
        self._look = self._button(
            "lookWithoutDataButton", self.tr("&Look without them"),
            self.tr("Show the model of the session and ask it in the calculator; it cannot be trained"),
        )  # fmt: skip
        cancel = self._buttons.addButton(self.tr("&Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        name_widget(cancel, "leaveSessionDataButton", self.tr("Cancel"), self.tr("Leave the session"))
        self._find.clicked.connect(self._on_find_clicked)
        self._use.clicked.connect(self._on_use_clicked)
        self._look.clicked.connect(self._on_look_clicked)
        self._buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for one in (self._sentence, self._differences, self._what, self._buttons):
            layout.addWidget(one)

    def show_finding(self, finding: DataFinding) -> None:
        """Open with what was found."""
        self._finding = finding
        self.setWindowTitle(title_text(finding.name))
        self._sentence.setText(finding.sentence)
        self._differences.setText("\n".join(f"• {one}" for one in finding.differences))
        self._differences.setVisible(bool(finding.differences))
        what = self.tr("The session goes on where it was as soon as its data are there as they were.")
        self._what.setText(what)
        self._use.setVisible(finding.can_use)
        self._find.setDefault(True)
        self._find.setFocus()
        layout = self.layout()
        assert layout is not None
        self.resize(WIDTH_PX, max(layout.totalHeightForWidth(WIDTH_PX), self.minimumSizeHint().height()))
        self.show()
        self.raise_()
        self.activateWindow()

    def _button(self, name: str, text: str, tip: str) -> QPushButton:
        return self.make_button(self._buttons, name, text, tip)

    def _on_find_clicked(self) -> None:
        file, _ = QFileDialog.getOpenFileName(
            self, self.tr("Where the data are now"), "" if self._finding is None else self._finding.file,
            self.tr("Tables ({patterns});;All files (*)").format(patterns=TABLE_PATTERNS),
        )  # fmt: skip
        if file:
            self.accept()
            self.file_chosen.emit(file)

    def _on_use_clicked(self) -> None:
        self.accept()
        self.use_requested.emit()

    def _on_look_clicked(self) -> None:
        self.accept()
        self.look_requested.emit()
