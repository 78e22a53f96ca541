"""What the program is made of, and under which terms."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialogButtonBox, QPlainTextEdit, QTabWidget, QTextBrowser, QVBoxLayout, QWidget

from regdesk.core.words.safe_text import safe_text
from regdesk.views.kit.form_parts import name_widget
from regdesk.views.kit.keyed_dialog import KeyedDialog


class AboutDialog(KeyedDialog):
    """Versions and licences, as a table that can be copied."""

    def __init__(
        self,
        parent: QWidget,
        parts: tuple[tuple[str, str, str], ...],
        notes: str,
        details: Callable[[], str],
    ) -> None:
        """``details`` says more of program and machine; it is asked when somebody wants to read that."""
        super().__init__(parent)
        self.setObjectName("aboutDialog")
        self.setWindowTitle(self.tr("About regdesk"))
        self.take_size(560, 480)
        self._plain = "\n".join([*(f"{name} {version} ({licence})" for name, version, licence in parts), "", notes])
        rows = "".join(
            f"<tr><td>{escape(name)}</td><td>{escape(version)}</td><td>{escape(licence)}</td></tr>"
            for name, version, licence in parts
        )
        head = f"<tr><th align=left>{self.tr('Part')}</th><th align=left>{self.tr('Version')}</th>"
        head += f"<th align=left>{self.tr('Licence')}</th></tr>"
        paragraphs = "".join(f"<p>{escape(one)}</p>" for one in notes.split("\n") if one)
        self._text = QTextBrowser()
        self._text.setObjectName("aboutText")
        self._text.setAccessibleName(self.tr("Versions and licences"))
        self._text.setHtml(
            f"<h2>regdesk</h2><p>{self.tr('Regularization, made visible on your own data.')}</p>"
            f'<table cellspacing="0" cellpadding="4">{head}{rows}</table>{paragraphs}'
        )
        buttons = self.make_buttons("closeAboutButton")
        copy = buttons.addButton(self.tr("Copy"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.setObjectName("copyAboutButton")
        copy.setAccessibleName(self.tr("Copy this text"))
        copy.clicked.connect(self._on_copy_clicked)
        self._details = details
        self._machine = QPlainTextEdit()
        self._machine.setReadOnly(True)
        self._machine.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        tip = self.tr("What is installed and kept on this computer, as 'regdesk info' says it")
        name_widget(self._machine, "machineText", self.tr("This computer"), tip)
        self._tabs = QTabWidget()
        self._tabs.addTab(self._text, self.tr("&Versions and licences"))
        self._tabs.addTab(self._machine, self.tr("This &computer"))
        name_widget(self._tabs, "aboutTabs", self.tr("About regdesk"), "")
        name_widget(self._tabs.tabBar(), "aboutTabBar", self.tr("What is shown"), "")
        self._tabs.currentChanged.connect(self._on_tab_changed)
        layout = QVBoxLayout(self)
        layout.addWidget(self._tabs)
        layout.addWidget(buttons)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def _on_copy_clicked(self) -> None:
        is_of_machine = self._tabs.currentWidget() is self._machine
        QGuiApplication.clipboard().setText(self._machine.toPlainText() if is_of_machine else self._plain)

    def _on_tab_changed(self) -> None:
        if self._tabs.currentWidget() is self._machine and not self._machine.toPlainText():
            # It looks into folders and at the processor, which takes a moment.
            self._machine.setPlainText(safe_text(self._details()))
