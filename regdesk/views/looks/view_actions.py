"""How the window as a whole is looked at: where panels stand, how large text is, the control column, a lecture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QActionGroup

from regdesk.core.settings.configuration import LAYOUTS, LayoutName
from regdesk.core.settings.setting_kinds import Choice
from regdesk.core.settings.settings_table import setting_at
from regdesk.views.kit.theme import THEME_CHOICES, ThemeChoice

Adder = Callable[[str, str, str, str, str], QAction]
"""Makes an action of a name, a text, a tool tip, keys and an icon."""
LAYOUT_KEYS = ("Ctrl+Alt+1", "Ctrl+Alt+2", "Ctrl+Alt+3")


@dataclass(frozen=True)
class ViewActions:
    """``layouts`` by name, of which one is in force, and ``lecture`` on top of it; sizes of text, and the column."""

    layouts: dict[LayoutName, QAction]
    layout_group: QActionGroup
    lecture: QAction
    column: QAction
    larger: QAction
    smaller: QAction
    usual: QAction

    @classmethod
    def of(cls, add: Adder, parent: QObject) -> ViewActions:
        """Made by ``add``; the group of layouts belongs to ``parent``."""

        def tr(text: str) -> str:
            return QCoreApplication.translate("ViewActions", text)

        kind = setting_at("view.layout").kind
        assert isinstance(kind, Choice)
        group, layouts = QActionGroup(parent), {}
        for layout, keys in zip(LAYOUTS, LAYOUT_KEYS, strict=True):
            action = add(f"layout_{layout}", kind.name_of(layout), tr(kind.tip_of(layout)), keys, "")
            action.setCheckable(True)
            action.setData(layout)
            group.addAction(action)
            layouts[layout] = action
        found = cls(
            layouts=layouts,
            layout_group=group,
            lecture=add(
                "lecture", tr("&Lecture"),
                tr("Large text, strong contrast, few panels, λ and the penalty alone; again: all is as before"),
                "F9", "",
            ),
            column=add(
                "column", tr("Whole control &column"), tr("All controls beside the panels, or the penalty and λ alone"),
                "F4", "",
            ),
            larger=add("largerText", tr("&Larger text"), tr("All text of the window larger"), "Ctrl++ Ctrl+=", ""),
            smaller=add("smallerText", tr("&Smaller text"), tr("All text of the window smaller"), "Ctrl+-", ""),
            usual=add("usualText", tr("&Usual text"), tr("Text as large as the system has it"), "Ctrl+Alt+0", ""),
        )  # fmt: skip
        found.lecture.setCheckable(True)
        found.column.setCheckable(True)
        return found


def theme_actions(add: Adder, parent: QObject) -> tuple[QActionGroup, dict[ThemeChoice, QAction]]:
    """One for each choice of colours; the group belongs to ``parent``."""

    def tr(text: str) -> str:
        return QCoreApplication.translate("ViewActions", text)

    group, themes = QActionGroup(parent), {}
    texts = (tr("Colours of the &system"), tr("&Light colours"), tr("&Dark colours"))
    for choice, text, keys in zip(THEME_CHOICES, texts, ("Alt+Shift+S", "Alt+Shift+L", "Alt+Shift+D"), strict=True):
        action = add(f"theme_{choice}", text, tr("For the window and its plots"), keys, "")
        action.setCheckable(True)
        action.setData(choice)
        group.addAction(action)
        themes[choice] = action
    return group, themes
