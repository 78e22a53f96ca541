"""Constraint geometry: where the contours of the user's own loss touch the ball that the penalty allows two weights."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPointF, Signal
from PySide6.QtGui import QResizeEvent

from regdesk.core.geometry.view import GeometryChoice
from regdesk.core.settings.configuration import GeometrySettings
from regdesk.core.settings.selected import Selected, position_in, selected_weight
from regdesk.core.weights.names import WeightList
from regdesk.views.geometry.weight_choice import largest_selected, pair_in, pair_memory, settings_with
from regdesk.views.geometry.words import INVITATION, WHAT_IT_IS, geometry_sentence
from regdesk.views.plots.asking_panel import AskingPanel

if TYPE_CHECKING:
    from collections.abc import Callable

    from regdesk.core.geometry.view import DefaultPair, GeometryView
    from regdesk.core.run.frame import Frame
    from regdesk.core.run.scene import RunScene
    from regdesk.core.settings.configuration import ViewSettings
    from regdesk.views.geometry.content import GeometryContent
    from regdesk.views.plots.rulers import Ruler


class GeometryPanel(AskingPanel):
    """Signals: ``settings_chosen(object)`` with the values of settings by path, ``aspect_changed(float)`` with the
    height of a plot over its width, ``seen_changed(bool)``, ``budget_chosen(float)``, ``budget_drag_changed(bool)``,
    ``input_refused(str)``, ``pair_brought_back(object)`` with a ``DefaultPair``.

    What it takes to draw is imported and made when the panel is first seen.
    """

    aspect_changed = Signal(float)
    budget_chosen = Signal(float)
    budget_drag_changed = Signal(bool)
    input_refused = Signal(str)
    pair_brought_back = Signal(object)

    def __init__(self, settings: Callable[[], GeometrySettings] = GeometrySettings) -> None:
        """``settings`` answers with what is in force."""
        super().__init__("geometryPanel", self.tr(INVITATION))
        self._settings = settings
        self.set_title(self.tr("Constraint geometry"))
        self.set_help(self.tr(WHAT_IT_IS))
        self._view: GeometryView | None = None
        self._weights = WeightList()
        self._is_linear = True
        self._scene: RunScene | None = None
        self._content: GeometryContent | None = None
        # On axes that nobody has chosen.
        self._pair: DefaultPair | None = None
        # Where they stood in a picture that was brought back, until the model moves on.
        self._labels_stood: dict[str, Any] | None = None
        # What the sentence, and the words in the picture, are to be brought to.
        self._is_unsaid = self._is_unwritten = False
        self._is_hasty = True
        self._say(self._words)
        self.apply_theme()

    @property
    def is_settled(self) -> bool:
        """Whether what is shown is as fine as it gets, and what was chosen."""
        view = self._view
        if view is None or view.choice != self.choice:
            return False
        return not (view.is_coarse or view.is_behind or view.is_first)

    @property
    def help_text(self) -> str:
        """What it is, and what is drawn there now."""
        if self._view is None or self._content is None or not self._has_picture:
            return super().help_text
        from regdesk.views.geometry.help import help_of

        return help_of(self._view, self._content.seen)

    @property
    def rulers(self) -> dict[str, Ruler]:
        return {} if self._content is None else self._content.rulers

    @property
    def has_refused(self) -> bool:
        """Whether a sentence stands in place of a picture."""
        return self._view is None

    @property
    def choice(self) -> GeometryChoice:
        """What is to be drawn: what is in force, in the place that there is."""
        return GeometryChoice.of(self._settings(), self._content.aspect if self._content is not None else 1.0)

    def show_weights(self, weights: WeightList, is_linear: bool) -> None:
        """A new run begins: the weights it has. What was said of another one is no longer so."""
        # A linear model goes to the same place again.
        self._pair = self._pair if is_linear and weights == self._weights else None
        self._weights, self._is_linear = weights, is_linear
        self._view = None
        self._say(self.tr(INVITATION))
        # A picture that is seen stands until the next one, which is on its way; one behind a tab is not shown again.
        self._is_stale = not self.is_seen
        if self._content is not None:
            self._content.controls.show_weights(weights, is_linear)

    def show_view_settings(self, view: ViewSettings) -> None:
        super().show_view_settings(view)
        if self._content is not None:
            self._content.controls.show_settings(view.geometry)

    def show_view(self, view: GeometryView) -> None:
        """What is to be drawn now."""
        before, self._view, self._pair = self._view, view, view.default or self._pair
        self._is_stale = self._is_unsaid = True
        # Words of the same plane a moment ago may stand until words are due.
        self._is_hasty = not self._is_running or before is None or before.choice != view.choice
        if self._is_hasty:
            self._say_view()
        self._bring_up_to_date()
        self._read_pointer()

    def show_refusal(self, sentence: str) -> None:
        """Why there is no picture."""
        self._view = None
        self._say(sentence)
        self._is_stale = True
        self._bring_up_to_date()

    def settings_for(self, selected: Selected) -> dict[str, Any]:
        """What is to be chosen with a weight that is selected, or the largest of a part that is: it comes on an axis,
        and is asked why it is zero. Nothing where no weight is.
        """
        position = largest_selected(selected, self._frame, self._scene)
        if position is None:
            return {}
        drawn = self._view.pair if self._view is not None else None
        return settings_with(position, drawn or (self._settings().x, self._settings().y))

    def show_run_scene(self, scene: RunScene) -> None:
        """Which inputs the weights of the live model leave."""
        self._scene = scene

    def show_selected(self) -> None:
        if self._content is not None:
            self._content.show_selected(position_in(self._selected))

    def apply_theme(self) -> None:
        if self._content is not None:
            self._content.apply_theme()
        super().apply_theme()

    def show_as_picture(self, is_picture: bool) -> None:
        if self._content is not None:
            self._content.show_as_picture(is_picture)

    def _fitting(self, words: str) -> str:
        found, (head, _, rest) = super()._fitting(words), words.partition(": ")
        # Half of what is drawn, such as "L1", is no news; what has come of it is. A whole part is.
        is_half = bool(rest) and "; " not in head and len(found) < len(head)
        return super()._fitting(f"{rest[:1].upper()}{rest[1:]}") if is_half else found

    def _say_view(self) -> None:
        if self._is_unsaid and self._view is not None:
            self._is_unsaid = False
            self._say(geometry_sentence(self._view))

    def sentence(self, frame: Frame) -> tuple[str, str | None]:
        self._say_view()
        return self._words, self._fitting(self._words)

    def draw(self, frame: Frame) -> None:
        """A frame has no geometry; the picture of it comes from its own thread, a moment later."""
        self._note_seen()

    def draw_words(self, frame: Frame) -> None:
        if self._is_unwritten and self._content is not None:
            self._is_unwritten = False
            self._content.show_words()

    def value_at(self, view: Any, place: QPointF) -> str | None:
        return self._content.value_at(place) if self._content is not None and self._has_picture else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._content is not None:
            self._content.show_size(self.width(), self.height())

    def _bring_up_to_date(self) -> None:
        """Draw what there is if anybody can see it; else it is drawn when it is seen again."""
        self._note_seen()
        if not self.is_seen:
            return
        self._is_stale = False
        if self._view is None:
            if self._has_picture and self._keeps_picture:
                self._empty.setText(self._words)
            else:
                self._show_words(self._words)
            return
        if self._content is None:
            self._make_content()
        assert self._content is not None
        self._content.show_view(self._view)
        self._is_unwritten = True
        if self._is_hasty or not self._has_picture:
            self._is_unwritten = False
            self._content.show_words()
        self._show_picture(self._content)
        if self._put_labels_back():
            # They have lost their places in other axes just now.
            self._content.show_words()
        # Beside a picture the words have less room than without one.
        self._fit_words()

    def picture_memory(self) -> dict[str, Any]:
        return super().picture_memory() | {"pair": pair_memory(self._pair)}

    def bring_back_picture(self, memory: Any) -> None:
        super().bring_back_picture(memory)
        pair = pair_in(memory)
        if pair is not None:
            self._pair = pair
            self.pair_brought_back.emit(pair)
        found = memory.get("rulers") if isinstance(memory, dict) else None
        self._labels_stood = found if isinstance(found, dict) else None
        if self._has_picture and self._put_labels_back() and self._content is not None:
            self._content.show_words()

    def _put_labels_back(self) -> bool:
        """Labels keep near to where they stand: coarse pictures, and others of another room, on the way to that which
        is brought back are not to move them. Whether there are places to put them to.
        """
        self.settle_picture()
        if self._labels_stood is None:
            return False
        for name, ruler in self.rulers.items():
            ruler.bring_back(self._labels_stood.get(name))
        return True

    def show_running(self, is_running: bool) -> None:
        if is_running:
            self._labels_stood = None
        super().show_running(is_running)

    def forget_picture(self) -> None:
        self._labels_stood = None
        super().forget_picture()

    @property
    def _keeps_picture(self) -> bool:
        """Whether controls are needed to choose something that can be shown."""
        return self._settings().is_principal and not self._is_linear

    def _make_content(self) -> None:
        from regdesk.views.geometry.content import GeometryContent

        self._content = GeometryContent(self._settings)
        controls = self._content.controls
        controls.show_weights(self._weights, self._is_linear)
        controls.show_settings(self._settings())
        controls.settings_chosen.connect(self.settings_chosen)
        self._content.aspect_changed.connect(self.aspect_changed)
        controls.budget_chosen.connect(self.budget_chosen)
        controls.budget_drag_changed.connect(self.budget_drag_changed)
        controls.refused.connect(self.input_refused)
        self._content.weight_clicked.connect(self._on_weight_clicked)
        self._content.show_selected(position_in(self._selected))
        self._pages.addWidget(self._content)
        self.add_view(self._content.view)
        self._content.show_size(self.width(), self.height())

    def _on_weight_clicked(self, position: int) -> None:
        self.selects_anew(selected_weight(position))
