"""Colours, each with one meaning in every panel (Okabe & Ito's, but for classes), and the widgets' palette."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

TRAINING = "#0072B2"
VALIDATION = "#D55E00"
PENALTY = "#009E73"
LAMBDA = "#B0558A"
ZERO = "#8A8A8A"
WEIGHTS = "#4A5568"
FIRST_CLASS = "#FFF6E0"
SECOND_CLASS = "#04302C"
CLASSES = ("#3B2A8C", "#C08A00", "#1F9FB4", "#7A1F3D", "#5F6B0F", "#E0728C", "#8B6BD6", "#4A2F14")
"""Of three and more classes: indigo, ochre, cyan, wine, olive, rose, violet, brown.

Okabe and Ito's own colours that can be read on white are taken above. These keep away from those (ΔE*ab at least 22 in
all pairs) and from each other, also for the colour-blind (15 and more under protan- and deuteranopia as simulated by
Machado et al. 2009); every class has a symbol or a label of its own as well.
"""

BACKGROUND = "#FFFFFF"
WINDOW = "#F4F4F2"
TEXT = "#1F1F1F"
QUIET_TEXT = "#5A5A5A"
GRID = "#DADADA"
ERROR = "#A4262C"


def apply_theme(application: QApplication) -> None:
    """Fusion with our own light palette; the plots get the same colours."""
    application.setStyle("Fusion")
    palette = QPalette()
    roles = QPalette.ColorRole
    for role, colour in (
        (roles.Window, WINDOW),
        (roles.WindowText, TEXT),
        (roles.Base, BACKGROUND),
        (roles.AlternateBase, WINDOW),
        (roles.Text, TEXT),
        (roles.Button, "#EDEDEA"),
        (roles.ButtonText, TEXT),
        (roles.ToolTipBase, "#FFFFE8"),
        (roles.ToolTipText, TEXT),
        (roles.Highlight, TRAINING),
        (roles.HighlightedText, "#FFFFFF"),
        (roles.PlaceholderText, QUIET_TEXT),
    ):
        palette.setColor(role, QColor(colour))
    for role in (roles.Text, roles.ButtonText, roles.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor("#8E8E8E"))
    palette.setColor(QPalette.ColorGroup.Disabled, roles.Highlight, QColor("#B8B8B4"))
    application.setPalette(palette)
    pg.setConfigOptions(imageAxisOrder="row-major", background=BACKGROUND, foreground=QUIET_TEXT, antialias=True)
