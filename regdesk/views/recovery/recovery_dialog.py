"""What was not saved when the program ended the last time: restored, discarded, or left for another start."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from regdesk.views.kit.form_parts import make_paragraph, name_widget
from regdesk.views.kit.keyed_dialog import KeyedDialog
from regdesk.views.recovery.unsaved_work import UnsavedWork
from regdesk.views.recovery.work_row import WorkRow

WIDTH_PX, MOST_LIST_PX, EDGE_PX = 640, 460, 4


class RecoveryDialog(KeyedDialog):
    """Signals: ``restore_requested(str)`` and ``discard_requested(str)`` with the key of the work,
    ``crash_log_requested()``. It is closed by the first, by discarding the last one, and by leaving all for later.
    """

    restore_requested = Signal(str)
    discard_requested = Signal(str)
    crash_log_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("recoveryDialog")
        self.setWindowTitle(self.tr("Recover unsaved work"))
        self.setModal(False)
        self._rows: list[WorkRow] = []
        self._sentence = make_paragraph()
        name_widget(self._sentence, "recoverySentence", self.tr("What happened"), "")
        self._list = QWidget()
        self._list_layout = QVBoxLayout(self._list)
        self._list_layout.setContentsMargins(0, 0, 0, 0)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidget(self._list)
        name_widget(self._area, "unsavedWorks", self.tr("Unsaved work"), "")
        buttons = self.make_buttons("laterButton")
        later = buttons.buttons()[0]
        later.setText(self.tr("Later"))
        name_widget(later, "laterButton", self.tr("Later"), self.tr("Leave it: the next start asks again"))
        self._details = self.make_button(
            buttons, "crashDetailsButton", self.tr("What went wrong…"), self.tr("What is known of it, to copy")
        )
        self._details.clicked.connect(self.crash_log_requested)
        self._layout = layout = QVBoxLayout(self)
        layout.addWidget(self._sentence)
        layout.addWidget(self._area, stretch=1)
        layout.addWidget(buttons)

    def show_works(self, works: Sequence[UnsavedWork], has_crash_log: bool) -> None:
        """Offer ``works``, the newest first; ``has_crash_log``: something is known of what went wrong."""
        for row in self._rows:
            # Until it is deleted it would be measured and shown with the others.
            self._list_layout.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [WorkRow(work, number, self._list) for number, work in enumerate(works, start=1)]
        for row in self._rows:
            row.restore_requested.connect(self._on_restore_requested)
            row.discard_requested.connect(self._on_discard_requested)
            self._list_layout.addWidget(row)
            # Qt would show it later: what is hidden is not measured.
            row.show()
        self._details.setVisible(has_crash_log)
        self._area.setVisible(bool(works))
        self._sentence.setText(self._sentence_on(len(works)))
        self._fit()
        self.show()
        if self._rows:
            self._rows[0].restore.setFocus(Qt.FocusReason.OtherFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.isVisible():
            # When the rows have the font, too.
            QTimer.singleShot(0, self, self._fit)

    def _fit(self) -> None:
        # Large text makes rows higher, as do wrapped sentences; of many two are seen, and that there are more.
        margins = self._layout.contentsMargins()
        height_px = self._list_layout.totalHeightForWidth(WIDTH_PX - margins.left() - margins.right())
        self._area.setMinimumHeight(min(height_px + EDGE_PX, MOST_LIST_PX))
        # By it the dialog may be lower than it was.
        self._layout.activate()
        self.resize(WIDTH_PX, self._layout.minimumHeightForWidth(WIDTH_PX))

    def _sentence_on(self, n_works: int) -> str:
        if n_works == 0:
            return self.tr("regdesk did not end as it should the last time. Nothing was lost that it knows of.")
        if n_works == 1:
            return self.tr("regdesk ended before this was saved. Restore it, or leave it for later.")
        return self.tr("regdesk ended before these were saved. Restore one; what is left is asked about again.")

    def _on_restore_requested(self, key: str) -> None:
        # First: what is left of the others is let go when this closes.
        self.restore_requested.emit(key)
        self.accept()

    def _on_discard_requested(self, key: str) -> None:
        rest = [row.work for row in self._rows if row.work.key != key]
        self.discard_requested.emit(key)
        if not rest:
            self.accept()
            return
        self.show_works(rest, self._details.isVisible())
