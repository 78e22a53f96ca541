"""Controls that a lesson hides, and bringing them back."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QFormLayout, QGroupBox, QLayout, QWidget


class HiddenControls:
    """Those of ``window`` that are hidden now, with what they are called beside them."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._rows: list[tuple[QFormLayout, int]] = []
        self._widgets: list[QWidget] = []

    def hide(self, names: Iterable[str]) -> None:
        """Hide the controls of these object names and no others. A group in which nothing is left goes, too."""
        self.show_all()
        for name in names:
            widget = self._window.findChild(QWidget, name)
            if widget is None or not widget.isVisibleTo(self._window):
                continue
            row = _row_of(widget)
            if row is None:
                widget.hide()
                self._widgets.append(widget)
                continue
            form, number = row
            form.setRowVisible(number, False)
            self._rows.append(row)
            group = form.parentWidget()
            if isinstance(group, QGroupBox) and not any(form.isRowVisible(one) for one in range(form.rowCount())):
                group.hide()
                self._widgets.append(group)

    def show_all(self) -> None:
        """Bring all of them back."""
        for widget in self._widgets:
            widget.show()
        for form, number in self._rows:
            form.setRowVisible(number, True)
        self._widgets, self._rows = [], []


def _row_of(widget: QWidget) -> tuple[QFormLayout, int] | None:
    """The form and the row in which ``widget`` stands, by itself or in a layout; None where it is in no form."""
    parent = widget.parentWidget()
    if parent is None:
        return None
    for form in parent.findChildren(QFormLayout):
        for number in range(form.rowCount()):
            item = form.itemAt(number, QFormLayout.ItemRole.FieldRole)
            if item is not None and (item.widget() is widget or _holds(item.layout(), widget)):
                return form, number
    return None


def _holds(layout: QLayout | None, widget: QWidget) -> bool:
    return layout is not None and layout.indexOf(widget) >= 0
