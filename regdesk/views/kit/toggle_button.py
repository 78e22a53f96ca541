"""A button that stays down, which can be seen in both themes."""

from __future__ import annotations

from PySide6.QtWidgets import QToolButton

from regdesk.views.kit import theme


class ToggleButton(QToolButton):
    """Checkable; Fusion's own pressed look can hardly be told from the other on a dark ground."""

    def __init__(self, name: str, text: str, tip: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setText(text)
        self.setCheckable(True)
        self.setAccessibleName(tip)
        self.setToolTip(tip)
        self.apply_theme()

    def apply_theme(self) -> None:
        """Take on the colours in force."""
        colours = theme.colours()
        self.setStyleSheet(
            f"QToolButton {{ padding: 2px 8px; border: 1px solid {colours.disabled_text}; border-radius: 3px; "
            f"background: {colours.button}; color: {colours.text} }}"
            f"QToolButton:disabled {{ color: {colours.disabled_text}; border-color: {colours.grid} }}"
            f"QToolButton:checked {{ background: {colours.highlight}; color: {colours.highlighted_text} }}"
            f"QToolButton:focus {{ border-color: {colours.text} }}"
        )
