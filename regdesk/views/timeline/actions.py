"""What can be done on the course of a run: one action each, listed in the menu and shown as buttons under the bar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from regdesk.core.moments.view import TravelView
from regdesk.views.kit import icons
from regdesk.views.kit.plain_text import action_text, tool_tip


class TravelActions(QObject):
    """``add`` makes an action of a name, a text, a tip, its keys and its icon.

    Signals: ``steps_chosen(int)``, so many moments on or back; ``play_toggled(bool)``; ``branch_requested()``, go on
    from the moment that is shown; ``now_chosen()``; ``branch_chosen(int)``, return to that one of the list.
    """

    steps_chosen = Signal(int)
    play_toggled = Signal(bool)
    branch_requested = Signal()
    now_chosen = Signal()
    branch_chosen = Signal(int)

    def __init__(self, add: Callable[[str, str, str, str, str], QAction], parent: QObject) -> None:
        super().__init__(parent)
        self.earlier = add(
            "earlierMoment", self.tr("One moment &earlier"),
            self.tr("Show how everything was one moment before; the model stays as it is"), "Alt+Left", "earlier",
        )  # fmt: skip
        self.later = add(
            "laterMoment", self.tr("One moment &later"), self.tr("Show how everything was one moment after this one"),
            "Alt+Right", "later",
        )  # fmt: skip
        self.play = add(
            "playMoments", self.tr("&Play the run"),
            self.tr("Show one moment after the other, at the speed that is set; from the beginning, or from here"),
            "Alt+Down", "run",
        )  # fmt: skip
        self.play.setCheckable(True)
        self.branch = add(
            "branch", self.tr("&Go on from here"),
            self.tr("Train on from the moment that is shown; what came after it is kept as a branch"), "Alt+Up",
            "branch",
        )  # fmt: skip
        self.now = add(
            "backToNow", self.tr("Back to &now"), self.tr("Show the model as it is now; it trains on if it did"),
            "Alt+End", "now",
        )  # fmt: skip
        for action, text in (
            (self.earlier, self.tr("Earlier")), (self.later, self.tr("Later")), (self.play, self.tr("Play")),
            (self.branch, self.tr("Go on from here")), (self.now, self.tr("Back to now")),
        ):  # fmt: skip
            action.setIconText(text)
        for action in (self.play, self.branch, self.now):
            action.setAutoRepeat(False)
        self._icon_names = dict(zip(self.all, ("earlier", "later", "run", "branch", "now"), strict=True))
        self._shown: TravelView | None = None
        self._tips = {action: action.toolTip() for action in self.all}
        self._branches: tuple[str, ...] = ()
        self._menu: QMenu | None = None
        self.earlier.triggered.connect(self._on_earlier_triggered)
        self.later.triggered.connect(self._on_later_triggered)
        self.play.triggered.connect(self.play_toggled)
        self.branch.triggered.connect(self.branch_requested)
        self.now.triggered.connect(self.now_chosen)
        self.show(TravelView(unavailable_reason=self.tr("There is no run yet whose moments could be shown.")))

    @property
    def all(self) -> tuple[QAction, ...]:
        return self.earlier, self.later, self.play, self.branch, self.now

    def fill(self, menu: QMenu) -> None:
        """List the actions in ``menu``, and the branches in a menu of it."""
        menu.addActions(self.all)
        self._menu = menu.addMenu(self.tr("&Branches"))
        self._menu.setObjectName("branchesMenu")
        self._menu.setToolTipsVisible(True)
        self._menu.triggered.connect(self._on_branch_triggered)
        self._list_branches()

    def draw_icons(self) -> None:
        """In the colours in force, for buttons; menus draw theirs when they open."""
        for action, name in self._icon_names.items():
            action.setIcon(icons.icon(name))

    def show(self, view: TravelView) -> None:
        """What can be done now; where something cannot, its tip says why."""
        # Epochs count on with every frame, and change nothing of what can be done.
        view = replace(view, epoch=0.0 if view.is_earlier else None, now=0.0)
        if view == self._shown:
            return
        self._shown, none = view, view.unavailable_reason
        at_now = self.tr("This is now: go to an earlier moment first.")
        for action, reason in (
            (self.earlier, none or ("" if view.has_earlier else self.tr("There is no earlier moment."))),
            (self.later, none or ("" if view.has_later else self.tr("There is no later moment: this is now."))),
            (self.play, none),
            (self.branch, none or ("" if view.is_earlier else at_now)),
            (self.now, none or ("" if view.is_earlier else self.tr("This is now."))),
        ):
            action.setEnabled(not reason)
            action.setToolTip(tool_tip(reason) if reason else self._tips[action])
        self.play.setChecked(view.is_playing)
        self.play.setText(self.tr("&Pause the play") if view.is_playing else self.tr("&Play the run"))
        self.play.setIconText(self.tr("Pause") if view.is_playing else self.tr("Play"))
        self._icon_names[self.play] = "pause" if view.is_playing else "run"
        if not self.play.icon().isNull():
            self.play.setIcon(icons.icon(self._icon_names[self.play]))
        if view.branches != self._branches:
            self._branches = view.branches
            self._list_branches()

    def _list_branches(self) -> None:
        if self._menu is None:
            return
        self._menu.clear()
        for number, sentence in enumerate(self._branches):
            action = self._menu.addAction(f"&{number + 1}  {action_text(sentence)}")
            action.setObjectName(f"branch_{number + 1}")
            action.setData(number)
        self._menu.setEnabled(bool(self._branches))

    def _on_earlier_triggered(self) -> None:
        self.steps_chosen.emit(-1)

    def _on_later_triggered(self) -> None:
        self.steps_chosen.emit(1)

    def _on_branch_triggered(self, action: QAction) -> None:
        self.branch_chosen.emit(action.data())
