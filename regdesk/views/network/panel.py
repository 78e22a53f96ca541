"""The network as it is: inputs by name, hidden units, and links as wide as their weights, which vanish at zero."""

from __future__ import annotations

from dataclasses import astuple
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QResizeEvent

from regdesk.core.run.pace import Part
from regdesk.views.network.lens import WHOLE, lens_in
from regdesk.views.plots.data_columns import Column
from regdesk.views.plots.lazy_panel import LazyPanel

if TYPE_CHECKING:
    from regdesk.core.run.frame import Frame
    from regdesk.core.run.scene import RunScene
    from regdesk.core.settings.selected import Selected
    from regdesk.views.network.picture import NetworkPicture

INVITATION = "The network appears here: inputs by name, units, and its weights as links."
FAST_LINKS = 700
"""A picture of more of them is drawn 15 times a second, not with every frame: each takes 3 to 8 ms."""


class NetworkPanel(LazyPanel):
    """It is made when it is first seen with a model; no hidden layer: the inputs lead straight to the output."""

    def __init__(self) -> None:
        super().__init__("networkPanel")
        self.set_title(self.tr("Network"))
        self.set_help(
            self.tr(
                "Inputs on the left, hidden units in their layers, the output on the right. A link is a weight: the "
                "wider, the larger beside the largest that its layer has had in this run; one of exactly zero has no "
                "link. Biases are not drawn. An input is out, and grey, when no chain of links leads from it to an "
                "output; a unit is dead when none leads to it from an input, or none from it to an output. The "
                "numbers above a layer are those alive. Click on a link, a unit or an input to select it in all "
                "panels; arrow keys go through them, Return to the widest link of a node. Wheel, + and − zoom, a drag "
                "of the ground or Shift and arrows move it, a double click shows all."
            )
        )
        self._scene: RunScene | None = None
        self._picture: NetworkPicture | None = None
        self._lens_to_come = WHOLE
        self._say(self.tr(INVITATION))
        self.apply_theme()

    @property
    def picture(self) -> NetworkPicture | None:
        """What is drawn, once it has been seen."""
        return self._picture

    @property
    def part(self) -> Part:
        # Where it is not drawn with every frame, it is with the course of the run.
        is_large = self._picture is not None and len(self._picture.classes) > FAST_LINKS
        return Part.RUN_CURVES if is_large else Part.PICTURES

    def forget_frame(self) -> None:
        super().forget_frame()
        # It counts what the model has, and another one has other weights.
        self._say(self.tr(INVITATION))

    def show_run_scene(self, scene: RunScene) -> None:
        """Names of inputs and outputs."""
        self._scene = scene
        if self._picture is not None:
            self._picture.show_scene(scene)

    def show_selected(self) -> None:
        if self._picture is not None:
            self._picture.show_selected(self._selected)

    def sentence(self, frame: Frame) -> tuple[str, str | None]:
        from regdesk.views.network.words import snapshot_sentence

        picture = self._picture
        drawn = ((), 0) if picture is None else (picture.n_drawn, picture.n_links_drawn)
        words = snapshot_sentence(frame.snapshot, *drawn, self._is_running)
        mark = self._exact_mark
        self._words = f"{mark} {words}" if mark else words
        return self._words, self._fitting(self._words)

    def _say(self, words: str) -> None:
        self._words = words
        self.set_readout(words, self._fitting(words))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._say(self._words)

    def draw(self, frame: Frame) -> None:
        picture = self._picture or self._made_picture()
        if self._scene is not None:
            picture.show_snapshot(frame.snapshot)
            picture.point_again()
            if not self._has_picture:
                self._show_picture(picture)
                # Beside the picture they have one line.
                self._say(self._words)

    def data_columns(self) -> list[Column]:
        """Every weight by the names of its ends."""
        frame, scene = self._frame, self._scene
        if frame is None or scene is None:
            return []
        from regdesk.core.weights.names import weight_list

        network = frame.snapshot.network
        weights = weight_list(network, scene.input_names, scene.output_names)
        unit = self.tr("weight (standardised inputs)") if scene.is_standardized else self.tr("weight")
        return [
            Column(self.tr("link"), weights.names),
            Column(unit, frame.snapshot.parameters[list(weights.positions)]),
        ]

    def show_as_picture(self, is_picture: bool) -> None:
        if self._picture is not None:
            # In a picture it is looked at alone.
            self._picture.setFocusPolicy(Qt.FocusPolicy.NoFocus if is_picture else Qt.FocusPolicy.StrongFocus)

    @property
    def picture_growth(self) -> float:
        return 1.0 if self._picture is None else self._picture.growth_for_names

    def apply_text_size(self) -> None:
        if self._picture is not None:
            self._picture.apply_text_size()
        super().apply_text_size()

    def _bring_up_to_date(self) -> None:
        """A frame brings the picture; until there is one, words say what will be here."""
        if self._frame is None and not self._has_picture:
            self._show_words(self.tr(INVITATION))

    def _made_picture(self) -> NetworkPicture:
        from regdesk.views.network.picture import NetworkPicture

        picture = self._picture = NetworkPicture()
        if self._scene is not None:
            picture.show_scene(self._scene)
        picture.show_selected(self._selected)
        picture.show_lens(self._lens_to_come)
        picture.part_clicked.connect(self._on_part_clicked)
        picture.part_chosen.connect(self.part_selected)
        picture.pointed.connect(self._on_pointed)
        picture.restore_wanted.connect(self.restore_axes)
        picture.lens_changed.connect(self._on_lens_changed)
        self._pages.addWidget(picture)
        return picture

    @property
    def has_plots(self) -> bool:
        return self._picture is not None and self._picture.diagram is not None

    @property
    def is_zoomed(self) -> bool:
        return self._picture is not None and not self._picture.lens.is_whole

    def zoom(self, factor: float) -> None:
        if self._picture is not None:
            self._picture.show_lens(self._picture.lens.zoomed(factor))

    def fit_axes(self) -> None:
        if self._picture is not None:
            self._picture.show_lens(WHOLE)

    def picture_memory(self) -> dict[str, Any]:
        picture = self._picture
        lens = self._lens_to_come if picture is None else picture.lens
        return super().picture_memory() | {"lens": list(astuple(lens))}

    def bring_back_picture(self, memory: Any) -> None:
        super().bring_back_picture(memory)
        found = memory.get("lens") if isinstance(memory, dict) else None
        self._lens_to_come = lens_in(found)
        if self._picture is not None:
            self._picture.show_lens(self._lens_to_come)

    def _on_lens_changed(self) -> None:
        self.zoom_changed.emit(self.is_zoomed)

    def _on_part_clicked(self, part: Selected) -> None:
        self.selects_anew(part)

    def _on_pointed(self, told: tuple[str, QPointF] | None) -> None:
        picture = self._picture
        if told is None or picture is None:
            self._hover.hide()
            return
        text, place = told
        self._hover.show_text(text, picture.mapTo(self, place.toPoint()))
