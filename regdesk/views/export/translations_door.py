"""The window's side of λ for other programs: the action, and the dialog, made when it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from regdesk.core.words.lambda_facts import LambdaTranslation
    from regdesk.views.export.translations_dialog import TranslationsDialog


class TranslationsDoor(QObject):
    """Signal: ``requested()`` when somebody wants to see them."""

    requested = Signal()

    def __init__(self, window: QWidget, action: QAction) -> None:
        super().__init__(window)
        self._window, self._action = window, action
        self._dialog: TranslationsDialog | None = None
        self._tip = action.toolTip()
        action.triggered.connect(self.requested)
        self.show_available(False)

    @property
    def is_open(self) -> bool:
        """Whether the dialog can be seen, and should follow λ."""
        return self._dialog is not None and self._dialog.isVisible()

    def show_available(self, is_available: bool) -> None:
        """Whether there is a model to speak of; the dialog goes with it."""
        self._action.setEnabled(is_available)
        self._action.setToolTip(self._tip if is_available else self.tr("There is no model yet: open a table first"))
        if not is_available and self._dialog is not None:
            self._dialog.close()

    def show(self, pressure: str, translations: Sequence[LambdaTranslation]) -> None:
        """Open the dialog, or let it show these where it is open. ``pressure`` says in words what is translated."""
        if self._dialog is None:
            from regdesk.views.export.translations_dialog import TranslationsDialog

            self._dialog = TranslationsDialog(self._window)
        self._dialog.show_translations(pressure, translations)
        if not self._dialog.isVisible():
            self._dialog.show()
