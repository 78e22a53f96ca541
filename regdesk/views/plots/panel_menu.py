"""What can be done with any panel, beneath what can be done with this one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

if TYPE_CHECKING:
    from regdesk.views.plots.panel import Panel


def panel_menu(panel: Panel) -> QMenu:
    """The context menu of ``panel``, with its own entries topmost."""
    menu = QMenu(panel)
    menu.setObjectName(f"{panel.objectName()}Menu")
    own = panel.menu_actions()
    menu.addActions(own)
    if own:
        menu.addSeparator()
    menu.addAction(panel.tr("Copy sentence")).triggered.connect(panel.copy_sentence)
    menu.addAction(panel.tr("Copy picture")).triggered.connect(panel.copy_picture)
    menu.addSeparator()
    menu.addAction(panel.tr("What one sees here")).triggered.connect(panel.show_help)
    return menu
