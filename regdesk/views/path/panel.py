"""Path of the weights: every weight of the all-rows model of a sweep, over λ, over ‖w‖₁ or over what it explains."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPointF
from PySide6.QtGui import QAction, QHideEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from regdesk.core.run.pace import Part
from regdesk.core.settings.configuration import ViewSettings
from regdesk.core.settings.selected import NOTHING, selected_input
from regdesk.views.path.comparison import PathComparison
from regdesk.views.plots.data_columns import Column
from regdesk.views.plots.lazy_panel import LazyPanel
from regdesk.views.plots.selecting_frame import inputs_in
from regdesk.views.sweep.waiting import INVITATION_TO_PATH, waiting_sentence

if TYPE_CHECKING:
    from collections.abc import Callable

    from regdesk.core.run.frame import Frame
    from regdesk.core.run.scene import RunScene
    from regdesk.core.sweep.view import SweepView
    from regdesk.core.sweep.weight_path import WeightPath
    from regdesk.views.path.content import PathContent

GROWING_MS = 80
"""Between two pictures of a sweep under way: each takes 5 to 20 ms, and a person follows ten a second."""


class PathPanel(LazyPanel):
    """What it takes to draw is imported and made when there is a path and the panel is seen: at the start it stands
    behind the panel of loss versus λ.
    """

    curves = Part.SWEEP_CURVES

    shows_the_model = False

    def __init__(self, view: Callable[[], ViewSettings] = ViewSettings) -> None:
        """``view`` answers with what is in force."""
        super().__init__("pathPanel")
        self._view_settings = view
        self.comparison = comparison = PathComparison(self)
        comparison.said.connect(self._say)
        comparison.settings_chosen.connect(self.settings_chosen)
        self.set_title(self.tr("Path of the weights"))
        self.set_help(
            self.tr(
                "The weights of the exact linear model of all rows at every λ of a sweep; of a network the norm of "
                "the weights that leave each input, and along the top the hidden units that live. Small λ, where most"
                " weights are not zero, is the end at which the curves are named. The line is the λ in force. Point "
                "at a curve to read it; click on it to select its input in all panels, beside the curves to let it go. "
                "Events tells what enters, leaves and returns as λ falls; exact for squared error under L1."
            )
        )
        self._sweep: SweepView | None = None
        self._lam: float | None = None
        self._scene: RunScene | None = None
        self._content: PathContent | None = None
        self._words = ""
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(comparison.button)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.addLayout(row)
        self._deselect = QAction(self.tr("Select no input"), self)
        self._deselect.triggered.connect(self._on_deselect_triggered)
        self._say()
        self.apply_theme()
        self.show_view_settings(view())

    @property
    def selected_variable(self) -> str:
        """The name of the input that is selected; empty for none."""
        path, numbers = self._path, self._numbers
        return path.facts.input_names[numbers[0]] if path is not None and len(numbers) == 1 else ""

    @property
    def _numbers(self) -> tuple[int, ...]:
        """Of the inputs that are selected; those of another table may have other columns."""
        path, scene = self._path, self._scene
        if path is None:
            return ()
        names = path.facts.input_names
        columns = scene.column_names if scene is not None and scene.input_names == names else ()
        network = self._frame.snapshot.network if self._frame is not None else None
        return inputs_in(self._selected, names, columns, network)

    @property
    def _path(self) -> WeightPath | None:
        return self._sweep.curve.path if self._sweep is not None and self._sweep.curve is not None else None

    @property
    def can_have_picture(self) -> bool:
        return self._path is not None

    def show_sweep(self, view: SweepView) -> None:
        """What a sweep has found so far."""
        last, self._sweep = self._sweep, view
        path = self._path
        is_same = last is not None and last.curve is view.curve and last.is_stale == view.is_stale
        if is_same and path is not None:
            # Only how far the sweep is has changed.
            self._say()
            return
        self._is_stale = True
        self._say()
        if self._has_picture and view.curve is not None and not view.curve.is_done and self.is_seen:
            if not self._due.isActive():
                self._due.start(GROWING_MS)
        else:
            self._bring_up_to_date()

    def show_view_settings(self, view: ViewSettings) -> None:
        super().show_view_settings(view)
        if self._content is not None:
            self._content.show_settings()
        if self.comparison.take(view.compares_paths):
            self._is_stale = True
            self._say()
            self._bring_up_to_date()

    def _show_penalties(self) -> None:
        """Three penalties in place of the sweep."""
        is_new = self.comparison.picture is None
        picture = self.comparison.made()
        if is_new:
            self._pages.addWidget(picture)
            self.add_view(picture.view)
        self._show_picture(picture)
        self._say()
        self._note_wanted()

    def _note_wanted(self) -> None:
        self.comparison.note_seen(self.is_seen)

    def show_lambda(self, lam: float, has_penalty: bool) -> None:
        """The λ in force, where the line stands."""
        self._lam = lam if has_penalty else None
        if self._content is not None:
            self._content.plot.show_lambda(self._lam)
        self.comparison.show_lambda(self._lam)

    def show_run_scene(self, scene: RunScene) -> None:
        """Which columns the inputs of the live model come from, and their names."""
        self._scene = scene
        self.comparison.input_names = scene.input_names

    def select(self, number: int | None) -> None:
        """Select the input of that number in all panels, or none."""
        if self._path is not None:
            names = self._path.facts.input_names
            self.part_selected.emit(NOTHING if number is None else selected_input(names[number]))

    def show_selected(self) -> None:
        self._is_stale = True
        self._say()
        self._bring_up_to_date()

    def show_moved(self) -> None:
        super().show_moved()
        if self._content is not None:
            self._content.plot.show_lambda(self._lam)

    def apply_theme(self) -> None:
        if self._content is not None:
            self._content.apply_theme()
        self.comparison.apply_theme()
        super().apply_theme()

    def sentence(self, frame: Frame) -> tuple[str, str | None]:
        return self._words, self._fitting(self._words)

    def draw(self, frame: Frame) -> None:
        """A frame changes nothing here but the λ in force, of which the panel is told."""

    def menu_actions(self) -> list[QAction]:
        self._deselect.setEnabled(bool(self._numbers))
        return [self._deselect]

    def data_columns(self) -> list[Column]:
        if self.comparison.is_on:
            return self.comparison.made().data_columns()
        return [] if self._content is None else self._content.data_columns()

    def value_at(self, view: Any, place: QPointF) -> str | None:
        if self.comparison.is_on:
            return self.comparison.made().value_at(place)
        return self._content.value_at(place) if self._content is not None and self._has_picture else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._say()
        if self._content is not None:
            self._content.show_width(self.width())

    def _say(self) -> None:
        if self.comparison.is_on:
            self._words = self.comparison.words
        elif self._sweep is None or self._sweep.curve is None:
            self._words = waiting_sentence(self._sweep, INVITATION_TO_PATH)
        else:
            from regdesk.views.path.words import path_sentence

            self._words = path_sentence(self._sweep, self._numbers)
        self.set_readout(self._words, self._fitting(self._words))

    def _bring_up_to_date(self) -> None:
        """Draw the path if anybody can see it; else it is drawn when it is seen again."""
        self._note_wanted()
        if not self._is_stale or not self.is_seen:
            return
        self._is_stale = False
        if self.comparison.is_on:
            self._show_penalties()
            return
        sweep = self._sweep
        if sweep is None or sweep.curve is None or self._path is None:
            if sweep is not None and sweep.is_busy and self._has_picture and self._content is not None:
                # A sweep begins, whose first point is about to come: nothing jumps to words and back.
                self._content.clear()
                return
            self._show_words(self._words)
            return
        if self._content is None:
            self._make_content()
        assert self._content is not None
        self._content.show_sweep(sweep.curve, self._path, sweep.is_stale, self._numbers)
        self._content.plot.show_lambda(self._lam)
        self._show_picture(self._content)
        self._note_wanted()
        # Beside a picture the words have less room than without one.
        self.set_readout(self._words, self._fitting(self._words))

    def _make_content(self) -> None:
        from regdesk.views.path.content import PathContent

        self._content = PathContent(lambda: self._view_settings().path)
        self._content.settings_chosen.connect(self.settings_chosen)
        self._content.input_chosen.connect(self.select)
        self._pages.addWidget(self._content)
        self.add_view(self._content.plot.view)
        self._content.show_width(self.width())

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._note_wanted()

    def _on_deselect_triggered(self) -> None:
        self.select(None)
