"""Loss versus λ: what a sweep has found, and what the running model has shown at each λ it has visited."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPointF, Signal

from regdesk.core.run.pace import Part
from regdesk.core.settings.configuration import ViewSettings
from regdesk.core.words.number_text import epoch_text, fixed_text, number_text
from regdesk.views.kit.name_room import whole_parts, wrapped_lines
from regdesk.views.plots.data_columns import Column
from regdesk.views.plots.panel import Panel
from regdesk.views.sweep.followed_choice import FollowedChoice
from regdesk.views.sweep.hysteresis_actions import UpDownActions, UpDownButtons
from regdesk.views.sweep.waiting import WHAT_IT_IS, waiting_sentence

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QAction

    from regdesk.core.run.frame import Frame
    from regdesk.core.run.scene import RunScene
    from regdesk.core.sweep.curve import SweepCurve
    from regdesk.core.sweep.view import SweepView
    from regdesk.views.plots.rulers import Ruler
    from regdesk.views.sweep.content import LambdaContent
    from regdesk.views.sweep.menu import LambdaExtras

TWO_LINES_FROM_PX = 300
"""Height of a panel that has room for a second line over its picture."""


class LambdaPanel(Panel):
    """Signals carry intentions: ``lambda_chosen(float)`` while the line is dragged and on a click on a point,
    ``lambda_followed(float)`` when what was chosen is another λ as the sweep goes on,
    ``lambda_drag_changed(bool)`` when a drag begins and ends, ``weights_requested(float)`` with the λ of a point whose
    weights are wanted in the live model, ``starts_chosen(int)`` with the number of seeds
    that a network is swept from. What it takes to draw is imported and made after the first paint.
    """

    curves = Part.SWEEP_CURVES

    shows_the_model = False
    lambda_chosen = Signal(float)
    lambda_followed = Signal(float)
    lambda_drag_changed = Signal(bool)
    weights_requested = Signal(float)
    starts_chosen = Signal(int)

    def __init__(
        self, n_starts: Callable[[], int] = lambda: 1, view: Callable[[], ViewSettings] = ViewSettings
    ) -> None:
        """Both answer with what is in force; ``n_starts`` is the number of seeds that a network is swept from."""
        super().__init__("lambdaPanel", "", "", "")
        self._n_starts, self._view_settings = n_starts, view
        self.set_title(self.tr("Loss versus λ"))
        self.set_help(self.tr(WHAT_IT_IS))
        self._choice = FollowedChoice(self)
        self._choice.lambda_chosen.connect(self.lambda_chosen)
        self._choice.lambda_followed.connect(self.lambda_followed)
        self._sweep: SweepView | None = None
        self._why_another = ""
        self._content: LambdaContent | None = None
        self._extras: LambdaExtras | None = None
        self._lambda = 0.0, True
        self._unit, self._n_validation = self.tr("loss"), 0.0
        self._up_down_actions: UpDownActions | None = None
        self._up_down_buttons: UpDownButtons | None = None
        self.apply_theme()

    def adopt_up_down(self, actions: UpDownActions) -> None:
        """The actions of the up-and-down demonstration, to be had in this panel, too; before ``build``."""
        self._up_down_actions, self._up_down_buttons = actions, UpDownButtons(actions)
        self._up_down_buttons.setParent(self)
        # It has no place before the picture has.
        self._up_down_buttons.hide()

    def build(self) -> None:
        self._made()

    def _made(self) -> LambdaContent:
        """What it takes to draw, made when it is first asked for."""
        if self._content is None:
            content = self._content = self._make_content()
            self._make_menu(content)
            self.set_content(content, content.view)
            content.show_lambda(*self._lambda)
            if self._sweep is not None:
                self.show_sweep(self._sweep)
            self.apply_theme()
        return self._content

    def _make_content(self) -> LambdaContent:
        from regdesk.views.sweep.content import LambdaContent

        content = LambdaContent(self.isVisible, self._up_down_buttons)
        if self._up_down_buttons is not None:
            self._up_down_buttons.show()
        content.gestures.lambda_chosen.connect(self.lambda_chosen)
        content.gestures.drag_changed.connect(self.lambda_drag_changed)
        content.gestures.weights_requested.connect(self.weights_requested)
        # Its sentence is cut to the width.
        content.was_resized.connect(self._say)
        return content

    def _make_menu(self, content: LambdaContent) -> None:
        from regdesk.views.sweep.menu import LambdaExtras, LambdaMenu

        self._menu = LambdaMenu(self)
        self._menu.best_chosen.connect(self.choose_best)
        self._menu.sparser_chosen.connect(self.choose_one_standard_error)
        self._menu.weights_requested.connect(self.weights_requested)
        self._menu.starts_chosen.connect(self.starts_chosen)
        self._extras = LambdaExtras(self, content, self._menu, self._view_settings())
        self._extras.settings_chosen.connect(self.settings_chosen)

    def show_view_settings(self, view: ViewSettings) -> None:
        super().show_view_settings(view)
        if self._extras is not None:
            self._extras.show_view_settings(view)

    def apply_theme(self) -> None:
        content = self._content
        if content is not None:
            content.apply_theme()
            if self._up_down_buttons is not None:
                self._up_down_buttons.apply_theme()
        super().apply_theme()
        self._say()
        if content is not None:
            content.draw_sweep()

    def reset(self) -> None:
        """A new run begins: what was live is no longer so; a sweep stays."""
        self._made().reset()
        self._say()

    def show_run_scene(self, scene: RunScene) -> None:
        """The unit of the losses."""
        if scene.task == "classification":
            unit = self.tr("log-loss")
        elif scene.is_target_standardized:
            unit = self.tr("loss (standardised)")
        else:
            unit = self.tr("loss (units squared)")
        self._unit, self._n_validation = unit, scene.n_validation
        self._made().show_unit(unit)

    def show_lambda(self, lam: float, has_penalty: bool) -> None:
        """The λ in force, which the line follows."""
        self._lambda = lam, has_penalty
        self._choice.show_lambda(lam)
        if self._content is not None:
            self._content.show_lambda(lam, has_penalty)

    def show_sweep(self, view: SweepView) -> None:
        """What a sweep has found so far."""
        from regdesk.views.sweep.second_line import why_another_best

        self._why_another = why_another_best(self._curve, view.curve, self._why_another)
        self._sweep = view
        self._choice.show_curve(view.curve, view.is_stale)
        self._say()
        if self._content is not None:
            self._content.show_sweep(view)

    def choose_best(self) -> None:
        """Set the λ with the lowest validation loss; while the sweep is under way λ follows it."""
        if self._curve is not None:
            self._choice.choose("best", self._curve)

    def choose_one_standard_error(self) -> None:
        """Set the largest λ whose validation loss is within one standard error of the lowest, likewise."""
        if self._curve is not None:
            self._choice.choose("one_standard_error", self._curve)

    def menu_actions(self) -> list[QAction]:
        content = self._made()
        self._menu.show_starts(self._n_starts())
        number = content.nearest_number(self._pointer)
        actions = self._menu.actions(self._sweep, content.scores.are_in(self._curve), content.lam, number)
        up_down = self._up_down_actions
        return actions if up_down is None else [*actions, up_down.go, up_down.turn]

    def sentence(self, frame: Frame) -> tuple[str, str | None]:
        words, snapshot = self._sweep_words(), frame.snapshot.measured
        if self._content is not None:
            self._content.told = frame.trail
        form = self.tr("Live at λ {lam}: training {train}, validation {validation}.")
        if snapshot.is_exact:
            form = self.tr("Exact at λ {lam}: training {train}, validation {validation}.")
        elif frame.snapshot.last_measured is not None:
            form = self.tr("Live at λ {lam}, epoch {epoch}: training {train}, validation {validation}.")
        live = form.format(
            epoch=epoch_text(snapshot.epoch),
            lam=number_text(snapshot.settings.effective_lam),
            train=fixed_text(snapshot.train_loss),
            validation=fixed_text(snapshot.validation_loss),
        )
        live = f"{live[:-1]}; {frame.optimum}." if frame.optimum else live
        # What a narrow panel has no room for is left out; the tool tip holds the whole.
        width_px = max(self.contentsRect().width() - 16, 1)
        if self._sweep is None or self._curve is None:
            lines = wrapped_lines(f"{words} {live}", self.fontMetrics(), width_px)
            if len(lines) > 1:
                # The numbers on a line of their own, which does not move the picture when they change.
                lines = wrapped_lines(words, self.fontMetrics(), width_px)
                lines.append(whole_parts(live, self.fontMetrics(), width_px))
            return f"{words} {live}", "<br>".join(map(escape, lines))
        from regdesk.views.sweep.second_line import second_line

        added, shown_added = second_line(
            self._sweep, snapshot, self._n_validation, self._choice.words, self._why_another
        )
        has_room = self.height() >= TWO_LINES_FROM_PX and bool(shown_added)
        parts = [self._sweep_words(is_short=True, is_alone=not has_room), *([shown_added] if has_room else [])]
        shown = (escape(whole_parts(part, self.fontMetrics(), width_px)) for part in parts)
        # Whom λ follows has been said.
        added = added if self._choice.words != added else ""
        return f"{words} {live} {added}".rstrip(), "<br>".join(shown)

    def draw(self, frame: Frame) -> None:
        content, trail = self._made(), frame.trail
        if frame.up_down is not None:
            content.show_up_down(frame.up_down)
        if trail is not None and len(trail.lambdas):
            content.show_trail(trail, frame.snapshot.settings.effective_lam, self._n_frames)

    @property
    def rulers(self) -> dict[str, Ruler]:
        return {} if self._content is None else dict(self._content.rulers)

    def show_rulers(self) -> None:
        if self._content is not None:
            self._content.show_rulers()

    def fit_axes(self) -> None:
        if self._content is not None:
            # Who lets a picture go that a hand has moved wants that one back, and no other.
            self._content.fit_axes(is_asked_for_more=not self.is_zoomed)

    def means_itself(self, view: Any, place: QPointF) -> bool:
        # A double click on a point of the sweep puts its weights into the live model.
        return self._content is not None and self._content.gestures.point_at(place) is not None

    def show_again(self) -> None:
        super().show_again()
        self.rest()

    def rest(self) -> None:
        """The model rests: flags stand where they would if nothing had ever been in their way."""
        if self._content is not None:
            self._content.draw_sweep()

    def data_columns(self) -> list[Column]:
        curve, frame = self._curve, self._frame
        columns: list[Column] = []
        if curve is not None:
            columns += [
                Column(self.tr("λ"), curve.lambdas),
                Column(self.tr("training {unit}").format(unit=self._unit), curve.train_loss),
                Column(self.tr("validation {unit}").format(unit=self._unit), curve.validation_loss),
                Column(self.tr("standard error"), curve.validation_se),
                Column(self.tr("weights not zero"), curve.n_nonzero),
            ]
        if frame is not None and frame.trail is not None:
            columns += [
                Column(self.tr("λ (live)"), frame.trail.lambdas),
                Column(self.tr("training {unit} (live)").format(unit=self._unit), frame.trail.train_loss),
                Column(self.tr("validation {unit} (live)").format(unit=self._unit), frame.trail.validation_loss),
            ]
        return columns

    def value_at(self, view: Any, place: QPointF) -> str | None:
        return self._made().value_at(place)

    @property
    def _curve(self) -> SweepCurve | None:
        return None if self._sweep is None else self._sweep.curve

    def _sweep_words(self, is_short: bool = False, is_alone: bool = True) -> str:
        if self._curve is None:
            return waiting_sentence(self._sweep)
        from regdesk.views.sweep.words import short_sentence, sweep_sentence

        words = short_sentence(self._sweep) if is_short else sweep_sentence(self._sweep)
        return f"{words} {self._choice.words}".rstrip() if is_alone else words

    def _say(self) -> None:
        """The readout, also when there is no frame to go with it."""
        if self._frame is not None:
            self.set_readout(*self.sentence(self._frame))
        else:
            self.set_readout(self._sweep_words())
