"""Points that are dragged, added by a click, and moved by the keyboard, in a picture where every input has an axis."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from regdesk.views.fit.hover import Pointer, row_at
from regdesk.views.kit import theme
from regdesk.views.plots.steady_items import SteadyPoints, named

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from regdesk.core.fit.scene import FitScene
    from regdesk.views.fit.stage import FitStage
    from regdesk.views.fit.tools_row import FitToolsRow

STEP, LONG_STEP = 0.01, 0.1
"""Share of an axis by which an arrow moves a point, and with Shift."""
ARROWS = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Down: (0, -1), Qt.Key.Key_Up: (0, 1),
}  # fmt: skip
BETWEEN_CLASSES = 0.5
"""In the picture of a probability over one input: one class stands at 0, the other at 1."""
KINDS = ("curve", "map", "class-curves", "class-map")
RING_SIZE = 18
Shown = tuple[bool, int]
"""Whether it is a training row, and its number among those that are drawn."""


class PointView(pg.PlotWidget):
    """A plot whose mouse and keys may be taken by ``takes``; a filter of events would outlive what it filters."""

    def __init__(self, **parts: Any) -> None:
        super().__init__(**parts)
        self.takes: Callable[[QEvent], bool] = lambda _event: False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.takes(event):
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self.takes(event):
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self.takes(event):
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.takes(event):
            super().keyPressEvent(event)


class PointEditing(QObject):
    """While ``tools`` say so, the mouse moves points instead of reading them.

    Signals: ``moved(int, object)`` with the number of a row of the dataset and its new values by column;
    ``added(object)`` with the values of a new row, ``removed(int)`` with the number of a row; ``drag_ended()``.
    """

    moved = Signal(int, object)
    added = Signal(object)
    removed = Signal(int)
    drag_ended = Signal()

    def __init__(self, view: PointView, stage: FitStage, tools: FitToolsRow) -> None:
        super().__init__(view)
        self._view, self._stage, self._tools = view, stage, tools
        self._box = view.getPlotItem().vb
        self._scene: FitScene | None = None
        self._chosen: Shown | None = None
        self.is_dragging = self._crossed = False
        self.ring = named(SteadyPoints(symbol="o", size=RING_SIZE), "chosenPoint")
        self.ring.setVisible(False)
        view.getPlotItem().addItem(self.ring)
        view.takes = self._takes
        tools.moving_toggled.connect(self._on_moving_toggled)

    @property
    def is_on(self) -> bool:
        """Whether points can be moved now."""
        return self._scene is not None and self._scene.kind in KINDS and self._tools.is_moving

    def show_scene(self, scene: FitScene) -> None:
        """The chosen point stays chosen in the same data."""
        before, self._scene = self._scene, scene
        if before is None or (before.dataset_name, before.kind, before.axis_names) != (
            scene.dataset_name, scene.kind, scene.axis_names,
        ):  # fmt: skip
            self._chosen, self.is_dragging = None, False
        elif _n_rows(scene) < _n_rows(before):
            # Another point would have the number of the one that is gone.
            self._chosen = None
        self._show_ring()

    def row_clicked_on(self, event: Any) -> int | None:
        """The number, among the rows of the dataset, of the point under a click that was for reading it; else None.

        While points are moved a click where there is none adds one.
        """
        scene, place = self._scene, event.scenePos()
        if scene is None or not self._box.sceneBoundingRect().contains(place):
            return None
        shown = self._row_at(place)
        if self.is_on:
            where = self._box.mapSceneToView(place)
            if shown is None and not event.double():
                self.add_at(where.x(), where.y())
            return None
        if shown is None:
            return None
        return int((scene.train_rows if shown[0] else scene.validation_rows)[shown[1]])

    def add_at(self, x: float, y: float) -> None:
        """A new training row at a place of the picture."""
        scene = self._scene
        if scene is None or self._tools.tools.no_add:
            return
        values: dict[str, float | str] = dict(self._values(x, y))
        target = self._tools.added_target
        if target is not None:
            values[scene.target] = target
        self.added.emit(values)

    def _takes(self, event: QEvent) -> bool:
        """Take what moves a point, and leave the rest to the plot."""
        if self.is_on and isinstance(event, QMouseEvent):
            return self._takes_mouse(event)
        return self.is_on and isinstance(event, QKeyEvent) and self._takes_key(event)

    def _takes_mouse(self, event: QMouseEvent) -> bool:
        kind, place = event.type(), self._view.mapToScene(event.position().toPoint())
        if kind == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.RightButton:
            # Its menu is the panel's, which follows.
            self._choose(self._row_at(place))
            return False
        if kind == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
            self._choose(self._row_at(place))
            self.is_dragging = self._chosen is not None
            self._crossed = False
            return self.is_dragging
        if not self.is_dragging:
            return False
        if kind == QEvent.Type.MouseMove:
            self._move_to(place)
            return True
        if kind == QEvent.Type.MouseButtonRelease:
            self._move_to(place)
            self.is_dragging = False
            self.drag_ended.emit()
            return True
        return False

    def _row_at(self, place: QPointF) -> Shown | None:
        if not self._box.sceneBoundingRect().contains(place):
            return None
        where, pixel = self._box.mapSceneToView(place), self._box.viewPixelSize()
        return row_at(Pointer(where.x(), where.y(), pixel[0], pixel[1]), self._stage.points)

    def _move_to(self, place: QPointF) -> None:
        where = self._box.mapSceneToView(place)
        self._move(where.x(), where.y())

    def _move(self, x: float, y: float) -> None:
        """Put the chosen point there, or as near as the picture goes."""
        row = self.chosen_row
        if row is None:
            return
        (left, right), (low, high) = self._box.viewRange()
        values: dict[str, float | str] = dict(self._values(min(max(x, left), right), min(max(y, low), high)))
        scene = self._scene
        if self.is_dragging and scene is not None and scene.kind == "curve" and scene.classes:
            # Its class is how high it stands: once the other one has been reached, the way back counts as well.
            self._crossed = self._crossed or int(y > BETWEEN_CLASSES) != self.chosen_class
            if self._crossed:
                values[scene.target] = scene.classes[int(y > BETWEEN_CLASSES)]
        self.moved.emit(row, values)

    @property
    def chosen_row(self) -> int | None:
        """The number, among the rows of the dataset, of the point that is chosen to be changed; None for none."""
        scene, chosen = self._scene, self._chosen
        if not self.is_on or scene is None or chosen is None:
            return None
        rows = scene.train_rows if chosen[0] else scene.validation_rows
        return int(rows[chosen[1]]) if chosen[1] < len(rows) else None

    @property
    def chosen_class(self) -> int | None:
        """The number of the chosen point's class; None where there are no classes, or nothing is chosen."""
        scene, chosen = self._scene, self._chosen
        if scene is None or chosen is None or not scene.classes or self.chosen_row is None:
            return None
        return int((scene.train_targets if chosen[0] else scene.validation_targets)[chosen[1]])

    def give_class(self, number: int) -> None:
        """Give the chosen point the class of that number."""
        row, scene = self.chosen_row, self._scene
        if row is not None and scene is not None and number != self.chosen_class:
            self.moved.emit(row, {scene.target: scene.classes[number]})

    def remove(self) -> None:
        """Take the chosen point away, which only one that was added can be."""
        row = self.chosen_row
        if row is not None:
            self.removed.emit(row)

    def _values(self, x: float, y: float) -> Mapping[str, float]:
        """What a place of the picture says, by column, to a pixel."""
        scene = self._scene
        assert scene is not None
        names = [*scene.axis_names]
        if scene.kind == "curve" and not scene.classes:
            names.append(scene.target)
        pixel = self._box.viewPixelSize()
        return {name: _to_pixel(value, size) for name, value, size in zip(names, (x, y), pixel, strict=False)}

    def _takes_key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_N, Qt.Key.Key_P):
            self._choose_next(1 if key == Qt.Key.Key_N else -1)
            return True
        if key == Qt.Key.Key_Insert:
            (left, right), (low, high) = self._box.viewRange()
            self.add_at((left + right) / 2.0, (low + high) / 2.0)
            return True
        if key == Qt.Key.Key_C and self.chosen_class is not None and self._scene is not None:
            self.give_class((self.chosen_class + 1) % len(self._scene.classes))
            return True
        if key == Qt.Key.Key_Delete and self.chosen_row is not None:
            self.remove()
            return True
        if key not in ARROWS or self._chosen is None:
            return False
        step = LONG_STEP if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else STEP
        (left, right), (low, high) = self._box.viewRange()
        x, y = self._place_of(self._chosen)
        across, up = ARROWS[key]
        self._move(x + across * step * (right - left), y + up * step * (high - low))
        return True

    def _places(self) -> dict[Shown, tuple[float, float]]:
        """Where the points that are drawn stand."""
        points = self._stage.points
        parts = ((True, points.train), (False, points.validation))
        return {
            (is_train, number): place
            for is_train, found in parts
            if found is not None
            for number, place in enumerate(zip(found[0].tolist(), found[1].tolist(), strict=True))
        }

    def _place_of(self, chosen: Shown) -> tuple[float, float]:
        return self._places().get(chosen, (math.nan, math.nan))

    def _choose_next(self, step: int) -> None:
        """From left to right."""
        places = self._places()
        order = sorted(places, key=lambda one: places[one])
        if order:
            at = order.index(self._chosen) + step if self._chosen in order else (0 if step > 0 else -1)
            self._choose(order[at % len(order)])

    def _choose(self, chosen: Shown | None) -> None:
        self._chosen = chosen
        self._show_ring()

    def _show_ring(self) -> None:
        x, y = self._place_of(self._chosen) if self.is_on and self._chosen is not None else (math.nan, math.nan)
        if not math.isnan(x):
            self.ring.setPen(pg.mkPen(theme.colours().text, width=2))
            self.ring.setBrush(pg.mkBrush(None))
            self.ring.setData([x], [y])
        self.ring.setVisible(not math.isnan(x))

    def _on_moving_toggled(self, is_on: bool) -> None:
        self.is_dragging = False
        self._show_ring()
        self._view.viewport().setCursor(Qt.CursorShape.PointingHandCursor if is_on else Qt.CursorShape.ArrowCursor)
        if is_on:
            self._view.setFocusPolicy(Qt.FocusPolicy.StrongFocus)


def _n_rows(scene: FitScene) -> int:
    return len(scene.train_rows) + len(scene.validation_rows)


def _to_pixel(value: float, pixel: float) -> float:
    """``value`` with the digits that a pixel tells apart, so that commands and files stay short."""
    if not (math.isfinite(pixel) and pixel > 0.0):
        return value
    digits = -math.floor(math.log10(pixel))
    return round(value, digits) if digits < 300 else value
