"""Everything that can be done by menu, toolbar or shortcut: one QAction each, grouped as the menus are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QToolBar, QWidget

from regdesk.core.types import PENALTIES
from regdesk.core.words.settings_text import PENALTY_NAMES
from regdesk.views.export.taking_actions import TakingActions
from regdesk.views.kit import icons
from regdesk.views.kit.plain_text import tool_tip
from regdesk.views.lessons.actions import LessonActions
from regdesk.views.looks.view_actions import ViewActions, theme_actions
from regdesk.views.models.actions import ModelActions
from regdesk.views.sessions.actions import SessionActions
from regdesk.views.sweep.hysteresis_actions import UpDownActions
from regdesk.views.sweep.waiting import best_text, choosing_text, why_no_choice
from regdesk.views.timeline.actions import TravelActions
from regdesk.views.undo.actions import UndoActions

if TYPE_CHECKING:
    from regdesk.core.sweep.view import SweepView


class Actions(QObject):
    """The actions, as attributes; ``groups`` lists them under the heading that the help gives them.

    They do nothing by themselves: the window connects them.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._icon_names: dict[QAction, str] = {}
        self._icons_to_draw: dict[QAction, str] = {}
        self.groups: dict[str, list[QAction]] = {}
        self._make_file()
        self.undoing = UndoActions.of(self._add_to(self.tr("Edit")))
        self._make_train()
        self._make_penalty()
        self._make_view()
        self._make_help()

    def _make_file(self) -> None:
        add = self._add_to(self.tr("File"))
        self.open = add(
            "open", self.tr("&Open…"), self.tr("Open a table of yours, a session or a model"), "Ctrl+O", "open"
        )
        self.open.setIconText(self.tr("Open…"))
        self.paste_table = add(
            "pasteTable", self.tr("&Paste table"), self.tr("Open the table that was copied in another program"),
            "Ctrl+Shift+V",
        )  # fmt: skip
        self.sessions = SessionActions.of(add)
        self.models = ModelActions.of(add)
        self.watch = add("watch", self.tr("&Watch this file"), self.tr("Read the file again whenever it has changed"))
        self.watch.setCheckable(True)
        self.cancel = add("cancel", self.tr("&Cancel reading"), self.tr("Stop reading; keep the data on screen"), "Esc")
        self.cancel.setEnabled(False)
        self.clear_recent = add("clearRecent", self.tr("&Clear list"), self.tr("Forget which files were open"))
        self.taking = TakingActions(add)
        self.quit = add("quit", self.tr("&Quit"), self.tr("Close regdesk"), "Ctrl+Q", "quit")

    def _make_train(self) -> None:
        add = self._add_to(self.tr("Train"))
        self._make_run(add)
        self._make_sweeps(add)
        self.travel = TravelActions(add, self)
        self.slower = add("slower", self.tr("Slo&wer"), self.tr("Fewer optimiser steps per second"), "Ctrl+Left")
        self.faster = add("faster", self.tr("&Faster"), self.tr("More optimiser steps per second"), "Ctrl+Right")

    def _make_run(self, add: _Adder) -> None:
        self.run = add("run", self.tr("Run"), self.tr("Train, or pause"), "Ctrl+R Space", "run")
        self.run.setCheckable(True)
        self.step = add("step", self.tr("&Step one epoch"), self.tr("Train for one epoch"), "Ctrl+E", "step")
        self.step.setIconText(self.tr("Step"))
        self.reset = add(
            "reset", self.tr("R&eset"), self.tr("Begin again from the same initial weights"), "Ctrl+Backspace", "reset"
        )
        self.new_seed = add(
            "newSeed", self.tr("&New seed"), self.tr("Begin again with another split and other initial weights"),
            "Ctrl+N", "new-seed",
        )  # fmt: skip
        self.reset_lived = add(
            "resetLived",
            self.tr("Reset to the last λ that &lived"),
            self.tr("After a collapse: begin again with the last λ at which weights lived"),
            "Ctrl+L",
        )
        self.reset_lived.setEnabled(False)
        for action in (self.run, self.step, self.reset, self.new_seed, self.reset_lived):
            # Held down, it would ask for more than can be seen.
            action.setAutoRepeat(False)

    def _make_sweeps(self, add: _Adder) -> None:
        self.sweep = add(
            "sweep", self.tr("S&weep λ"), self.tr("The model at 50 λ, judged by five folds"), "F5", "sweep"
        )
        self._solve_tip = self.tr("Put the exact optimum at the present λ into the live model")
        self.solve = add("solve", self.tr("Sol&ve"), self._solve_tip, "F6", "solve")
        self.solve.setIconText(self.tr("Solve"))
        self._best_tip = self.tr("The recommended λ: that with the lowest validation loss of the sweep")
        self._sparser_tip = self.tr(
            "A simpler model: the largest λ whose loss is within one standard error of the lowest"
        )
        self.use_best_lambda = add("useBestLambda", self.tr("Use λ_&best"), self._best_tip, "Ctrl+B", "best")
        self.use_best_lambda.setIconText(self.tr("Use best"))
        self.use_sparser_lambda = add(
            "useOneStandardErrorLambda",
            self.tr("Use λ_&1se"),
            self._sparser_tip,
            "Ctrl+Shift+B",
        )
        self.workers = add(
            "workers", self.tr("Sweep w&orkers…"), self.tr("Who does a sweep: threads, processes or a cluster")
        )
        self.up_down = UpDownActions(
            add(
                "upAndDown",
                self.tr("&Up and down"),
                self.tr("Move the live model's λ slowly up and down again, and draw its losses both ways"),
                "F7",
                "up-and-down",
            ),
            add("turn", self.tr("&Turn"), self.tr("Let λ come down from where it is now"), "Shift+F7", "turn"),
        )
        for action in (self.sweep, self.solve, self.use_best_lambda, self.use_sparser_lambda):
            action.setEnabled(False)
            action.setAutoRepeat(False)

    def _make_penalty(self) -> None:
        add = self._add_to(self.tr("Penalty"))
        self.penalty_group = QActionGroup(self)
        self.penalties = {}
        for number, penalty in enumerate(PENALTIES):
            name = PENALTY_NAMES[penalty]
            text = name[:1].upper() + name[1:]
            action = add(f"penalty_{penalty}", text, self.tr("Penalty: {name}").format(name=name), f"Alt+{number}")
            action.setCheckable(True)
            action.setData(penalty)
            self.penalty_group.addAction(action)
            self.penalties[penalty] = action
        self.lambda_up = add("lambdaUp", self.tr("λ &up"), self.tr("One step of the slider to the right"), "Ctrl+Up")
        self.lambda_down = add(
            "lambdaDown", self.tr("λ &down"), self.tr("One step of the slider to the left"), "Ctrl+Down"
        )
        self.lambda_times_ten = add("lambdaTimesTen", self.tr("λ × 10"), self.tr("Ten times λ"), "Ctrl+PgUp")
        self.lambda_by_ten = add("lambdaByTen", self.tr("λ ÷ 10"), self.tr("A tenth of λ"), "Ctrl+PgDown")
        self.lambda_off = add("lambdaOff", self.tr("λ &off"), self.tr("λ = 0: no penalty counts"), "Ctrl+0")
        self.translations = add(
            "translations",
            self.tr("λ for other &programs…"),
            self.tr("This λ for glmnet, scikit-learn, Keras, PyTorch"),
        )
        self.lambda_group = QActionGroup(self)
        self.lambda_group.setExclusive(False)
        changes = {
            "up": self.lambda_up,
            "down": self.lambda_down,
            "times ten": self.lambda_times_ten,
            "by ten": self.lambda_by_ten,
            "off": self.lambda_off,
        }
        for change, action in changes.items():
            action.setData(change)
            self.lambda_group.addAction(action)

    def _make_view(self) -> None:
        add = self._add_to(self.tr("View"))
        self.freeze = add(
            "freeze",
            self.tr("F&reeze the present picture"),
            self.tr("Leave a ghost of the present fit, to compare what comes later with it"),
            "F",
            "freeze",
        )
        self.freeze.setCheckable(True)
        self.freeze.setIconText(self.tr("Freeze"))
        self.deselect = add("deselect", self.tr("Select &nothing"), self.tr("Let go of what is selected (Esc)"))
        self.deselect.setEnabled(False)
        self.stack_panels = add(
            "stackPanels", self.tr("Panels as &tabs"), self.tr("All panels in one place, one on top"), "Ctrl+Shift+T"
        )
        self.reset_layout = add(
            "resetLayout", self.tr("Reset &layout"), self.tr("Every panel where it was at first"), "Ctrl+Shift+L",
            "layout",
        )  # fmt: skip
        self.full_screen = add("fullScreen", self.tr("&Full screen"), self.tr("The window and nothing else"), "F11")
        self.full_screen.setCheckable(True)
        self.view = ViewActions.of(add, self)
        self.theme_group, self.themes = theme_actions(add, self)

    def _make_help(self) -> None:
        add = self._add_to(self.tr("Help"))
        self.lessons = LessonActions.of(add)
        tip = self.tr("The objective with live numbers, and why weights do what they do")
        self.explain = add("explain", self.tr("&Explain what is on screen"), tip, "F2", "explain")
        tip = self.tr("Then click on a panel or a control: it says what it is")
        self.whats_this = add("whatsThis", self.tr("&What you see"), tip, "Shift+F1", "help")
        self.shortcuts = add(
            "shortcuts", self.tr("&Keyboard shortcuts"), self.tr("All keys and what they do"), "F1", "keyboard"
        )
        self.published = add(
            "published", self.tr("&Published results…"), self.tr("Printed tables beside the numbers found here")
        )
        tip = self.tr("What was noted of crashes and unexpected errors, to copy")
        self.crash_log = add("crashLog", self.tr("C&rash log…"), tip)
        self.about = add("about", self.tr("&About regdesk"), self.tr("Versions and licences"), "", "about")

    @property
    def of_the_model(self) -> list[QAction]:
        """Those that ask something of the model, or of what is seen of it."""
        return [*self.groups[self.tr("Train")], *self.groups[self.tr("Penalty")], self.freeze]

    def adopt(self, action: QAction, name: str, tip: str, keys: str, heading: str) -> None:
        """Name an action that others have made, and list it under ``heading``."""
        action.setObjectName(f"{name}Action")
        if keys:
            action.setShortcuts([QKeySequence(one) for one in keys.split()])
        action.setToolTip(f"{tip} ({', '.join(keys.split())})" if keys else tip)
        self.groups.setdefault(heading, []).append(action)
        # Wherever a toolbar or a menu is hidden, the shortcut goes on working.
        self._window.addAction(action)

    def show_running(self, is_running: bool) -> None:
        """Run becomes Pause, and back."""
        self.run.setText(self.tr("Pause") if is_running else self.tr("Run"))
        self._icon_names[self.run] = "pause" if is_running else "run"
        self.run.setIcon(icons.icon(self._icon_names[self.run]))

    def show_sweep(self, view: SweepView) -> None:
        """Sweep becomes Cancel, and back; where there can be none the tool tip says why."""
        is_busy = view.is_busy
        text, short = (
            (self.tr("Cancel s&weep"), self.tr("Cancel")) if is_busy else (self.tr("S&weep λ"), self.tr("Sweep"))
        )
        self.sweep.setText(text)
        self.sweep.setIconText(short)
        self.sweep.setEnabled(is_busy or not view.unavailable_reason)
        tip = self.tr("End with the λ under way; what is there stays") if is_busy else view.unavailable_reason
        tip = tip or (
            self.tr("The exact model at 50 λ, judged by five folds")
            if view.is_linear
            else self.tr("The lowest J found at 50 λ, from several starts, judged by five folds")
        )
        self.sweep.setToolTip(tool_tip(f"{tip} (F5)"))
        is_growing = view.curve is not None and not view.curve.is_done
        self.use_best_lambda.setIconText(self.tr("Best so far") if is_growing else self.tr("Use best"))
        self.use_best_lambda.setToolTip(tool_tip(f"{best_text(self._best_tip, view)} (Ctrl+B)"))
        self.use_sparser_lambda.setToolTip(tool_tip(f"{choosing_text(self._sparser_tip, view)} (Ctrl+Shift+B)"))
        for action in (self.use_best_lambda, self.use_sparser_lambda):
            action.setEnabled(not why_no_choice(view))

    def show_up_down(self, unavailable_reason: str, is_on: bool, is_going_up: bool) -> None:
        """Whether λ can be moved up and down, and what can be done while it is."""
        self.up_down.show(unavailable_reason, is_on, is_going_up)

    def show_solve(self, unavailable_reason: str) -> None:
        """Whether one can jump to the optimum; where one cannot the tool tip says why."""
        self.solve.setEnabled(not unavailable_reason)
        self.solve.setToolTip(tool_tip(f"{unavailable_reason or self._solve_tip} (F6)"))

    def apply_theme(self) -> None:
        """Icons in the colours in force; those that only menus show are drawn when one opens."""
        self._icons_to_draw = dict(self._icon_names)
        for action in self._icon_names:
            if any(isinstance(one, QToolBar) for one in action.associatedObjects()):
                action.setIcon(icons.icon(self._icons_to_draw.pop(action)))

    def draw_icons(self) -> None:
        """The icons that have not been drawn yet: a menu opens."""
        for action, name in self._icons_to_draw.items():
            action.setIcon(icons.icon(name))
        self._icons_to_draw = {}

    def _add_to(self, heading: str) -> _Adder:
        return _Adder(self, heading)

    def make(self, heading: str, name: str, text: str, tip: str, keys: str, icon_name: str) -> QAction:
        """A new action called ``name`` + "Action"; ``keys`` are shortcuts with spaces between them."""
        action = QAction(text, self)
        self.adopt(action, name, tip, keys, heading)
        if icon_name:
            self._icon_names[action] = icon_name
        return action


class _Adder:
    """Makes actions under one heading."""

    def __init__(self, actions: Actions, heading: str) -> None:
        self._actions, self._heading = actions, heading

    def __call__(self, name: str, text: str, tip: str, keys: str = "", icon_name: str = "") -> QAction:
        return self._actions.make(self._heading, name, text, tip, keys, icon_name)
