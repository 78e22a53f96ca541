"""A dialog in which it can be seen where the keyboard is, and whose edits have their menu from the keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent, QPalette, QShowEvent
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QPushButton, QWidget

from regdesk.views.kit.focus_ring import FocusRing
from regdesk.views.kit.form_parts import name_widget
from regdesk.views.kit.keys import opens_menu
from regdesk.views.kit.text_size import scaled_px


class KeyedDialog(QDialog):
    """What the main window does for its own controls."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._focus_ring = FocusRing(self)
        self._shares_palette = False

    def showEvent(self, event: QShowEvent) -> None:
        if not self._shares_palette:
            self._shares_palette = True
            share_palette(self)
            self._settle_default()
        super().showEvent(event)

    def setVisible(self, visible: bool) -> None:
        """The keyboard goes back to its window also where no window manager sees to that (a bare X server, offscreen):
        typed keys found nothing there.
        """
        had_keyboard = not visible and self.isActiveWindow()
        super().setVisible(visible)
        if had_keyboard:
            # With the next turn of the loop: what opens in this one, another dialog say, keeps the keyboard.
            QTimer.singleShot(0, self, self._give_keyboard_back)

    def _give_keyboard_back(self) -> None:
        window = self.parentWidget()
        if window is not None and window.isVisible() and QApplication.activeWindow() is None:
            window.activateWindow()

    def _settle_default(self) -> None:
        """Enter is for the default button again when the keyboard has been on another one.

        A dialog learns of its default only from a button that is in it by then. Of one that was made before its place
        it knew nothing: after Tab had passed Cancel, Enter cancelled from every field, also when it was shown again.
        """
        for button in self.findChildren(QPushButton):
            if button.isDefault():
                button.setDefault(False)
                button.setDefault(True)

    def take_size(self, width_px: int, height_px: int) -> None:
        """As large as that with text of the usual size, and larger with larger text as far as its window is."""
        window = self.parentWidget()
        most = self.size() if window is None else window.window().size()
        width_px = max(width_px, min(scaled_px(width_px), most.width()))
        self.resize(width_px, max(height_px, min(scaled_px(height_px), most.height())))

    def make_buttons(self, close_name: str) -> QDialogButtonBox:
        """A row of buttons with one that closes the dialog, which is called ``close_name``."""
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setObjectName(close_name)
        close.setAccessibleName(self.tr("Close"))
        buttons.rejected.connect(self.reject)
        return buttons

    def make_button(self, buttons: QDialogButtonBox, name: str, text: str, tip: str) -> QPushButton:
        """Another button in the row of ``buttons``, which is called ``name``."""
        button = buttons.addButton(text, QDialogButtonBox.ButtonRole.ActionRole)
        name_widget(button, name, text.replace("&", ""), tip)
        return button

    def focusNextPrevChild(self, next: bool) -> bool:
        has_moved = super().focusNextPrevChild(next)
        if has_moved:
            self._focus_ring.show_around(self.focusWidget())
        return has_moved

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not opens_menu(event, self.focusWidget()):
            super().keyPressEvent(event)


def share_palette(dialog: QWidget) -> None:
    """``dialog`` and all in it have the palette of its window itself, not one that is equal.

    Fusion keeps what it draws of a field under a name with the number of the field's palette. Qt 6.10 lets go of the
    picture, never of the name, and a widget that is made without a parent has a palette with a number of its own: of
    every dialog for pictures that was opened and closed some twenty names stayed, 250 bytes each.
    """
    dialog.setAttribute(Qt.WidgetAttribute.WA_WindowPropagation)
    # What is equal would not be taken over.
    other = dialog.palette()
    other.setColor(QPalette.ColorRole.Window, QColor(Qt.GlobalColor.magenta))
    dialog.setPalette(other)
    dialog.setPalette(QPalette())
