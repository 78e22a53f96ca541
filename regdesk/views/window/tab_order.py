"""The way of the Tab key through the window: λ, its penalty, the rest of the column, the toolbar, the panels."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGroupBox, QWidget


def set_tab_order(controls: QWidget, *others: QWidget) -> None:
    """λ's slider comes first, then its group, the other controls in their order, and ``others``."""
    column = _reached(controls)
    slider = controls.findChild(QWidget, "lambdaSlider")
    assert slider is not None
    group: QWidget | None = slider.parentWidget()
    while group is not None and not isinstance(group, QGroupBox):
        group = group.parentWidget()
    assert group is not None
    beside = [one for one in column if group.isAncestorOf(one) and one is not slider]
    rest = [one for one in column if not group.isAncestorOf(one)]
    order = [slider, *beside, *rest, *(one for widget in others for one in _reached(widget))]
    for before, after in pairwise(order):
        QWidget.setTabOrder(before, after)


def _reached(widget: QWidget) -> list[QWidget]:
    """What Tab reaches in ``widget``, in the order in which it was made."""
    return [
        one
        for one in widget.findChildren(QWidget)
        # The list of a combo box is a window of its own.
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.window() is widget.window()
    ]
