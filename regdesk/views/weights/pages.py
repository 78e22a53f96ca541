"""The pages of the weights panel: histograms, weights by size, three penalties side by side, and norms over time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QScrollArea, QStackedWidget

from regdesk.core.settings.selected import NOTHING, Selected
from regdesk.core.words.penalty_words import WAITING
from regdesk.views.kit import theme

if TYPE_CHECKING:
    from regdesk.core.model.side_by_side import SideBySide
    from regdesk.core.run.frame import Frame
    from regdesk.core.run.scene import RunScene
    from regdesk.core.settings.configuration import WeightsPicture
    from regdesk.core.weights.named_weights import NamedWeights
    from regdesk.views.plots.data_columns import Column
    from regdesk.views.weights.norm_plots import NormPlots
    from regdesk.views.weights.sorted_view import SortedView

Page = Literal["histograms", "sorted", "penalties", "norms"]
AT_REST = 1_000
"""As if so many frames had passed: the order is that of now."""


class WeightPages(QStackedWidget):
    """Each is made when it is first chosen; the histograms, which most windows begin with, are the panel's own.

    Signals: ``weight_selected(int)`` with the position among all parameters of a weight that was clicked on,
    ``view_made(object)`` with a view of plots that was not there before, ``wanted()`` when ``is_wanted``, which is
    whether somebody looks at three penalties, is another.
    """

    weight_selected = Signal(int)
    view_made = Signal(object)
    wanted = Signal()

    def __init__(self, histograms: QScrollArea) -> None:
        super().__init__()
        self._histograms = histograms
        self.addWidget(histograms)
        self.page: Page = "histograms"
        self.is_wanted = False
        self._norms: NormPlots | None = None
        self._sorted: SortedView | None = None
        self._named: NamedWeights | None = None
        self._scene: RunScene | None = None
        self._frame: Frame | None = None
        self._selected: Selected = NOTHING

    def choose(self, picture: WeightsPicture, is_over_time: bool) -> None:
        """Show the page of what is in force."""
        self.page = "norms" if is_over_time else picture
        if self.page == "norms":
            self.setCurrentWidget(self._made_norms().view)
        else:
            self.setCurrentWidget(self._histograms if self.page == "histograms" else self._made_sorted())

    def _made_norms(self) -> NormPlots:
        if self._norms is None:
            from regdesk.views.weights.norm_plots import NormPlots

            self._norms = NormPlots()
            self.addWidget(self._norms.view)
            self.view_made.emit(self._norms.view)
        return self._norms

    def _made_sorted(self) -> SortedView:
        if self._sorted is None:
            from regdesk.views.weights.sorted_view import SortedView

            self._sorted = SortedView()
            self._sorted.weight_selected.connect(self.weight_selected)
            self.addWidget(self._sorted)
        return self._sorted

    @property
    def norms(self) -> NormPlots | None:
        """The plots of norms, once they were asked for."""
        return self._norms

    def apply_theme(self) -> None:
        """Take on the colours in force."""
        theme.style_scroll_bars(self._histograms)
        for part in (self._norms, self._sorted):
            if part is not None:
                part.apply_theme()

    def reset(self) -> None:
        """Empty, for a new run with axes of its own."""
        for part in (self._norms, self._sorted):
            if part is not None:
                part.reset()

    def show_run_scene(self, scene: RunScene) -> None:
        """Names of the inputs and outputs."""
        self._scene, self._named = scene, None

    def show_selected(self, selected: Selected) -> None:
        """Lines of weights that are selected stand on the colour of the selection."""
        self._selected = selected
        if self._sorted is not None and self._frame is not None:
            self._sorted.show_selected(self._positions_selected(self._frame))

    def _positions_selected(self, frame: Frame) -> frozenset[int]:
        from regdesk.views.plots.selecting_frame import weights_in

        if self._scene is None or self._selected == NOTHING:
            return frozenset()
        return frozenset(weights_in(self._selected, frame.snapshot.network, self._scene).tolist())

    def draw(self, frame: Frame, n_frames: int, is_running: bool) -> None:
        """Bring the page to ``frame``, the first drawn of ``n_frames``; the histograms are drawn by their panel."""
        if self.page == "norms":
            self._made_norms().show(frame, n_frames)
        elif self.page == "sorted":
            named = self._names_of(frame)
            if named is not None:
                self._made_sorted().show_snapshot(frame.snapshot, named, n_frames if is_running else AT_REST)
        self._show_first(frame)

    def _show_first(self, frame: Frame) -> None:
        """What is selected in a network that was not there before."""
        before, self._frame = self._frame, frame
        if before is None or before.snapshot.network is not frame.snapshot.network:
            self.show_selected(self._selected)

    def note_seen(self, is_seen: bool) -> None:
        """Whether anybody can see the page: nothing is solved for nobody."""
        wants = self.page == "penalties" and is_seen
        if wants != self.is_wanted:
            self.is_wanted = wants
            if wants:
                self._made_sorted().show_sentence(WAITING)
            self.wanted.emit()

    def show_comparison(self, found: SideBySide) -> None:
        """What three penalties make of the rows of the model."""
        named = self._names_of(self._frame) if self._frame is not None else None
        if self.page == "penalties" and named is not None and len(named.positions) == len(found.weights):
            self._made_sorted().show_comparison(found, named)

    def refuse(self, sentence: str) -> None:
        """Why there is nothing to compare."""
        if self.page == "penalties":
            self._made_sorted().show_sentence(sentence)

    def data_columns(self, frame: Frame, axis_words: str) -> list[Column] | None:
        """The numbers behind the page; None where those that its items hold are all there are."""
        if self.page in ("sorted", "penalties"):
            return self._made_sorted().data_columns(axis_words)
        if self.page == "norms" or self._scene is None:
            return None
        from regdesk.views.weights.histogram_columns import histogram_columns

        return histogram_columns(frame.snapshot, self._scene, axis_words)

    def _names_of(self, frame: Frame) -> NamedWeights | None:
        network, scene = frame.snapshot.network, self._scene
        if scene is None:
            return None
        if self._named is None or self._named.network is not network:
            from regdesk.core.weights.named_weights import NamedWeights

            self._named = NamedWeights(network, scene.input_names, scene.output_names)
        return self._named
