"""What can be done with any panel, beneath what can be done with this one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

if TYPE_CHECKING:
    from regdesk.views.plots.panel import Panel

NEARER = 2.0
"""What "Zoom in" of the menu does at once; the wheel and the keys go in smaller steps."""


def panel_menu(panel: Panel) -> QMenu:
    """The context menu of ``panel``, with its own entries topmost."""
    menu = QMenu(panel)
    menu.setObjectName(f"{panel.objectName()}Menu")
    own = panel.menu_actions()
    menu.addActions(own)
    if own:
        menu.addSeparator()
    _add_axes(menu, panel)
    menu.addAction(panel.tr("Copy sentence")).triggered.connect(partial(_copy_sentence, panel))
    menu.addAction(panel.tr("Copy picture")).triggered.connect(partial(_copy_picture, panel))
    menu.addAction(panel.tr("Copy data")).triggered.connect(panel.data_requested)
    menu.addAction(panel.tr("Save picture…")).triggered.connect(panel.picture_requested)
    menu.addSeparator()
    menu.addAction(panel.tr("What you see here")).triggered.connect(panel.show_help)
    return menu


def _add_axes(menu: QMenu, panel: Panel) -> None:
    if not panel.has_plots:
        return
    for text, do in (
        (panel.tr("Fit axes"), panel.restore_axes),
        (panel.tr("Zoom in"), partial(panel.zoom, NEARER)),
        (panel.tr("Zoom out"), partial(panel.zoom, 1.0 / NEARER)),
    ):
        menu.addAction(text).triggered.connect(do)
    menu.addSeparator()


def _copy_sentence(panel: Panel) -> None:
    QGuiApplication.clipboard().setText(panel.readout)


def _copy_picture(panel: Panel) -> None:
    """Put the panel on the clipboard, its picture and its words of one moment."""
    from regdesk.views.export.picture_copy import panel_image

    # While a model trains its words may be some frames behind its picture.
    panel.show_again()
    QGuiApplication.clipboard().setImage(panel_image(panel))
