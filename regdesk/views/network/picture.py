"""The picture of a network: nodes in layers, and links as wide as their weights; it says what is clicked on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent

from regdesk.core.settings.selected import (
    NOTHING,
    Selected,
    name_in,
    position_in,
    selected_input,
    selected_unit,
    selected_weight,
    unit_in,
)
from regdesk.core.weights.counting import alive_weights
from regdesk.core.weights.liveness import Liveness, liveness_of
from regdesk.core.words.safe_text import safe_line
from regdesk.views.kit.text_size import scaled_px
from regdesk.views.network.diagram import (
    MOST_GAP_PX,
    Diagram,
    diagram_of,
    link_classes,
    nearest_link,
    nearest_node,
)
from regdesk.views.network.keys import next_part
from regdesk.views.network.lens import WHOLE
from regdesk.views.network.movable import MovablePicture
from regdesk.views.network.painting import HEAD_LINES, DiagramPainter, growth_for_names
from regdesk.views.network.shown_nodes import Nodes, shown_nodes
from regdesk.views.network.words import input_text, output_text, unit_text, weight_text
from regdesk.views.plots.selecting_frame import weights_in

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent

    from regdesk.core.run.scene import RunScene
    from regdesk.core.run.snapshot import TrainSnapshot
    from regdesk.core.types import Integers

NODE_REACH_PX, LINK_REACH_PX = 9.0, 5.0
NAME_SHARE = 0.3
"""Of the width, that names of inputs may take, and as much again those of outputs."""
MARGIN_PX = 10


class NetworkPicture(MovablePicture):
    """Signals: ``part_clicked(object)`` as ``selected.py`` writes it, ``part_chosen(object)`` by keys, and
    ``pointed(object)`` with the text and the place of what is under the pointer, None for nothing.
    """

    part_clicked = Signal(object)
    part_chosen = Signal(object)
    pointed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("networkPicture")
        self.setAccessibleName(self.tr("Network: arrow keys go through inputs, units and links"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._scene: RunScene | None = None
        self._snapshot: TrainSnapshot | None = None
        self._selected: Selected = NOTHING
        self._nodes: Nodes | None = None
        self._pointer: QPointF | None = None
        self.diagram: Diagram | None = None
        """Where everything stands; None before there is a model."""
        self.classes: Integers = np.empty(0, np.int64)
        """Of each link of the diagram how strongly it is drawn, with the sign of its weight; 0 for not at all."""
        self.liveness: Liveness | None = None
        self._painter = DiagramPainter()
        self.lens_changed.connect(self._on_lens_changed)

    def sizeHint(self) -> QSize:
        return QSize(scaled_px(420), scaled_px(320))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    @property
    def growth_for_names(self) -> float:
        """By which factor it would have to be higher to name every input and output."""
        return 1.0 if self.diagram is None else growth_for_names(self.diagram, self.fontMetrics())

    @property
    def n_drawn(self) -> tuple[int, ...]:
        """Nodes of each layer that are drawn."""
        return () if self._nodes is None else tuple(map(len, self._nodes))

    @property
    def n_links_drawn(self) -> int:
        """Links that are drawn."""
        return int(np.count_nonzero(self.classes))

    @property
    def names(self) -> list[str]:
        """What is written beside the inputs that are drawn, in their order; empty where there is no room."""
        return self._painter.input_labels

    def show_scene(self, scene: RunScene) -> None:
        """Names of inputs and outputs of a new run."""
        before, self._scene = self._scene, scene
        self._nodes = self.diagram = self._snapshot = None
        if before is not None and before.input_names != scene.input_names:
            # What a hand has moved was another network.
            self.show_lens(WHOLE)

    def show_snapshot(self, snapshot: TrainSnapshot) -> None:
        """Bring the picture to a moment."""
        is_same = self._snapshot is not None and self._snapshot.network == snapshot.network
        if not is_same:
            self._nodes = self.diagram = None
            if self._snapshot is not None:
                self.show_lens(WHOLE)
        self._snapshot = snapshot
        scene, network = self._scene, snapshot.network
        if scene is None or network.sizes[0] != len(scene.input_names):
            return
        self.liveness = liveness_of(network, snapshot.parameters, snapshot.too_small)
        nodes = shown_nodes(network, snapshot.parameters, self._wanted(), self._nodes)
        if nodes is not self._nodes or self.diagram is None:
            self._nodes = nodes
            self._lay_out()
        self._classify()
        self.update()

    def show_selected(self, selected: Selected) -> None:
        """What is drawn in the colour of the selection; it is drawn in any case."""
        self._selected = selected
        if self._snapshot is not None:
            self.show_snapshot(self._snapshot)

    def apply_text_size(self) -> None:
        """Take on the size of the text in force."""
        if self._nodes is not None:
            self._lay_out()
            self.update()

    def _wanted(self) -> dict[int, int]:
        """Nodes at the ends of what is selected, by their layer."""
        scene, snapshot = self._scene, self._snapshot
        if scene is None or snapshot is None:
            return {}
        name, place, position = name_in(self._selected), unit_in(self._selected), position_in(self._selected)
        if name is not None:
            numbers = scene.inputs_named(name)
            return {0: numbers[0]} if numbers else {}
        if place is not None:
            layer, unit = place
            sizes = snapshot.network.sizes
            return {layer: unit - 1} if layer < len(sizes) - 1 and unit <= sizes[layer] else {}
        if position is not None and len(weights_in(self._selected, snapshot.network, scene)):
            layer, source, unit = snapshot.network.ends_of(position)
            return {layer: source, layer + 1: unit}
        return {}

    def _lay_out(self) -> None:
        snapshot, scene, nodes = self._snapshot, self._scene, self._nodes
        if snapshot is None or scene is None or nodes is None:
            return
        metrics, network = self.fontMetrics(), snapshot.network
        inputs = [safe_line(scene.input_names[number]) for number in nodes[0]]
        outputs = [safe_line(scene.output_names[number]) for number in nodes[-1]]
        most_px = NAME_SHARE * self.width()
        left, right = (
            min(max(map(metrics.horizontalAdvance, names)), most_px) + 2 * MARGIN_PX for names in (inputs, outputs)
        )
        line_px = metrics.height()
        top, bottom = HEAD_LINES * line_px + MARGIN_PX, line_px + MARGIN_PX
        whole = diagram_of(
            network, nodes, left, max(self.width() - right, left + 1.0), top, max(self.height() - bottom, top + 1.0)
        )
        self.diagram = self.lens.of(whole, self.width(), self.height())
        # Words above and beneath the layers stay where they are, and what is moved goes behind them.
        self._painter.body = None if self.lens.is_whole else self.rect().adjusted(0, int(top) - MARGIN_PX, 0, -line_px)
        self._painter.lay_out(self.diagram, scene, metrics, (left, right))
        self._classify()

    def _classify(self) -> None:
        diagram, snapshot = self.diagram, self._snapshot
        if diagram is not None and snapshot is not None:
            limits = [layer.limit for layer in snapshot.layers]
            alive = alive_weights(snapshot.network, snapshot.parameters, snapshot.too_small)
            self.classes = link_classes(diagram, snapshot.parameters, limits, alive)

    def paintEvent(self, event: QPaintEvent) -> None:
        diagram, snapshot, scene, liveness = self.diagram, self._snapshot, self._scene, self.liveness
        if diagram is None or snapshot is None or scene is None or liveness is None:
            return
        marked = weights_in(self._selected, snapshot.network, scene) if self._selected else np.empty(0, np.int64)
        painter = QPainter(self)
        self._painter.paint(painter, self.rect(), diagram, self.classes, liveness, marked, self._wanted())
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def part_at(self, place: QPointF) -> Selected | None:
        """What is drawn at a place of the picture; nothing, as ``NOTHING``, and None for an output."""
        diagram, scene = self.diagram, self._scene
        if diagram is None or scene is None:
            return NOTHING
        node = nearest_node(diagram, place.x(), place.y(), NODE_REACH_PX)
        if node is None and place.x() < diagram.places[0][0, 0]:
            # A name stands for its input.
            own, half = diagram.places[0], min(max(0.5 * diagram.gaps_px[0], 1.0), 0.5 * MOST_GAP_PX)
            nearest = int(np.abs(own[:, 1] - place.y()).argmin())
            is_beside = abs(own[nearest, 1] - place.y()) <= half
            node = (0, int(diagram.nodes[0][nearest])) if is_beside else None
        if node is not None:
            layer, number = node
            if layer == len(diagram.nodes) - 1:
                return None
            return selected_unit(layer, number + 1) if layer else selected_input(scene.input_names[number])
        link = nearest_link(diagram, self.classes, place.x(), place.y(), LINK_REACH_PX)
        return NOTHING if link is None else selected_weight(int(diagram.positions[link]))

    def text_at(self, place: QPointF) -> str | None:
        """What there is to say of it; None of nothing."""
        snapshot, scene, liveness, diagram = self._snapshot, self._scene, self.liveness, self.diagram
        if snapshot is None or scene is None or liveness is None or diagram is None:
            return None
        part = self.part_at(place)
        if part is None:
            node = nearest_node(diagram, place.x(), place.y(), NODE_REACH_PX)
            return None if node is None else output_text(scene, snapshot, node[1])
        name, unit, position = name_in(part), unit_in(part), position_in(part)
        if name is not None:
            return input_text(snapshot, scene, liveness, scene.input_names.index(name))
        if unit is not None:
            return unit_text(snapshot, liveness, unit[0], unit[1] - 1)
        return weight_text(snapshot, scene, position) if position is not None else None

    def point_again(self) -> None:
        """The picture has moved under a pointer at rest."""
        if self._pointer is not None:
            text = self.text_at(self._pointer)
            self.pointed.emit(None if text is None else (text, self._pointer))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._pointer = event.position()
        self.point_again()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._pointer = None
        self.pointed.emit(None)

    def take_press(self, place: QPointF) -> bool:
        part = self.part_at(place)
        if part is not None and part != NOTHING:
            self.part_clicked.emit(part)
        return part != NOTHING

    def take_click_on_ground(self) -> None:
        self.part_clicked.emit(NOTHING)

    def _on_lens_changed(self) -> None:
        self._lay_out()
        self.point_again()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        diagram, scene, snapshot = self.diagram, self._scene, self._snapshot
        part, has_shift = None, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if diagram is not None and scene is not None and snapshot is not None and not has_shift:
            part = next_part(Qt.Key(event.key()), self._selected, diagram, self.classes, snapshot.network, scene)
        if part is None:
            super().keyPressEvent(event)
        else:
            self.part_chosen.emit(part)
