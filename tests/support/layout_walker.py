"""Walks through a window and says what is cut off, covered, or too small to be read."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import pyqtgraph as pg
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QTextDocumentFragment
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QGraphicsView,
    QGroupBox,
    QLabel,
    QLineEdit,
    QTabBar,
    QToolButton,
    QWidget,
)

from regdesk.views.docks.panel_dock import PanelDock
from regdesk.views.docks.panel_docks import PanelDocks

LEAST_PLOT_PX = (84, 34)
"""Width and height of the box of the smallest plot that still shows a course."""
OVERLAYS = ("focusRing", "qt_rubberband")


def faults(window: QWidget) -> list[str]:
    """One sentence for each fault; of a panel behind a tab nothing is said."""
    found: list[str] = []
    # Of a thousand widgets it is asked once: to ask each for itself and again for its parent took twice as long.
    seen = [one for one in (window, *window.findChildren(QWidget)) if is_seen(one)]
    inside: dict[QWidget, list[QWidget]] = {one: [] for one in seen}
    for one in seen:
        place = one.parentWidget()
        if one is not window and place in inside and not one.isWindow():
            inside[place].append(one)
    for parent, children in inside.items():
        found += _outside(parent, children)
        found += _overlapping(children)
        found += _illegible(parent)
        if isinstance(parent, QGraphicsView):
            found += _small_plots(parent)
    return found


def is_seen(widget: QWidget) -> bool:
    """Whether a person sees it, or would after scrolling."""
    if not widget.isVisible() or widget.size().isEmpty():
        return False
    if widget.objectName() in OVERLAYS or widget.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents):
        return False
    place = widget.parentWidget()
    if isinstance(place, PanelDocks) and not place.rect().intersects(widget.geometry()):
        # Tabs that are not needed are put there, as panels behind tabs are.
        return False
    dock: QWidget | None = widget
    while dock is not None and not isinstance(dock, PanelDock):
        dock = dock.parentWidget()
    return not isinstance(dock, PanelDock) or dock.is_in_front


def name_of(widget: QWidget) -> str:
    owner: QWidget | None = widget
    while owner is not None and not owner.objectName():
        owner = owner.parentWidget()
    return f"{type(widget).__name__} of {owner.objectName() if owner is not None else '?'}"


def _outside(parent: QWidget, children: list[QWidget]) -> Iterator[str]:
    area = parent.parentWidget()
    if isinstance(area, QAbstractScrollArea) and area.viewport() is parent:
        return
    for child in children:
        if not parent.rect().contains(child.geometry()):
            places = _text(child.geometry()), _text(parent.rect())
            yield f"{name_of(child)} at {places[0]} reaches out of {name_of(parent)} {places[1]}"


def _overlapping(children: list[QWidget]) -> Iterator[str]:
    for one, other in combinations(children, 2):
        if isinstance(one.parentWidget(), QTabBar):
            # Its own arrows, which Qt lets share an edge.
            continue
        if one.geometry().intersects(other.geometry()):
            yield f"{name_of(one)} at {_text(one.geometry())} covers {name_of(other)} at {_text(other.geometry())}"


def _illegible(widget: QWidget) -> Iterator[str]:
    metrics = widget.fontMetrics()
    if isinstance(widget, QLabel):
        yield from _illegible_label(widget)
    elif isinstance(widget, QComboBox):
        if widget.is_elided and not widget.toolTip():
            yield f"{name_of(widget)} has no room for “{widget.currentText()}” and no tool tip"
        if widget.height() < metrics.height():
            yield f"{name_of(widget)} is lower than its text"
    elif isinstance(widget, QAbstractButton):
        shows_text = (
            not isinstance(widget, QToolButton) or widget.toolButtonStyle() != Qt.ToolButtonStyle.ToolButtonIconOnly
        )
        text = widget.text().replace("&", "")
        if shows_text and (
            metrics.horizontalAdvance(text) > widget.width() or (text and metrics.height() > widget.height())
        ):
            yield f"{name_of(widget)}, {widget.width()} pixels wide, has no room for “{text}”"
    elif isinstance(widget, QGroupBox) and metrics.horizontalAdvance(widget.title()) > widget.width():
        yield f"{name_of(widget)} has no room for its title “{widget.title()}”"
    elif isinstance(widget, QLineEdit) and widget.height() < metrics.height():
        yield f"{name_of(widget)} is lower than its text"
    elif isinstance(widget, QTabBar):
        # Where they have no room together, Qt shows two buttons to get to the others.
        scrolls = any(button.isVisible() for button in widget.findChildren(QToolButton))
        for number in range(widget.count()):
            tab, text = widget.tabRect(number), widget.tabText(number)
            if metrics.horizontalAdvance(text) > tab.width() or not (scrolls or widget.rect().contains(tab)):
                yield f"{name_of(widget)} has no room for “{text}”"


def _illegible_label(label: QLabel) -> Iterator[str]:
    text, room, metrics = label.text(), label.contentsRect(), label.fontMetrics()
    if not text:
        return
    elided = getattr(label, "is_elided", None)
    if label.height() < metrics.height():
        yield f"{name_of(label)} is lower than its text “{text}”"
    elif elided is not None:
        if elided and not label.toolTip():
            yield f"{name_of(label)} ends in dots and has no tool tip: “{text}”"
    elif label.wordWrap():
        if label.heightForWidth(label.width()) > label.height():
            yield f"{name_of(label)} has no room for all lines of “{text}”"
    else:
        lines = (
            QTextDocumentFragment.fromHtml(text).toPlainText() if label.textFormat() == Qt.TextFormat.RichText else text
        )
        if max(metrics.horizontalAdvance(line) for line in lines.splitlines()) > room.width():
            yield f"{name_of(label)}, {room.width()} pixels wide, has no room for “{text}”"


def _small_plots(view: QGraphicsView) -> Iterator[str]:
    for item in view.scene().items():
        if isinstance(item, pg.PlotItem) and item.isVisible() and not item.getViewBox().rect().isEmpty():
            box = item.getViewBox().rect()
            # The bar of zeros is narrow, the ticks of single weights are low, for good.
            is_bar = item.maximumWidth() < 1000 or item.maximumHeight() < 1000
            if not is_bar and (box.width() < LEAST_PLOT_PX[0] or box.height() < LEAST_PLOT_PX[1]):
                yield f"{name_of(view)} has a plot of {box.width():.0f} × {box.height():.0f} pixels"
        if isinstance(item, pg.AxisItem) and item.isVisible() and item.label.isVisible() and item.labelText:
            # pyqtgraph lets the empty lines' ends around a name reach out of the view.
            empty = 0.4 * view.fontMetrics().height()
            name = item.label.mapRectToScene(item.label.boundingRect()).adjusted(empty, empty, -empty, -empty)
            if not view.sceneRect().contains(name):
                yield f"{name_of(view)} has no room for the name of an axis, “{item.labelText}”"


def _text(rectangle: QRect) -> str:
    return f"({rectangle.left()}, {rectangle.top()}, {rectangle.width()} × {rectangle.height()})"
