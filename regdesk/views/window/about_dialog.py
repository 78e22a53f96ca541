"""What the program is made of, and under which terms."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from regdesk.views.kit.keyed_dialog import KeyedDialog


class AboutDialog(KeyedDialog):
    """Versions and licences, as a table that can be copied."""

    def __init__(self, parent: QWidget, parts: tuple[tuple[str, str, str], ...], notes: str) -> None:
        super().__init__(parent)
        self.setObjectName("aboutDialog")
        self.setWindowTitle(self.tr("About regdesk"))
        self.resize(560, 480)
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
        copy.setAccessibleName(self.tr("Copy versions and licences"))
        copy.clicked.connect(self._on_copy_clicked)
        layout = QVBoxLayout(self)
        layout.addWidget(self._text)
        layout.addWidget(buttons)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self._plain)
