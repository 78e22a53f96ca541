"""Colours, each with one meaning in every panel, for a light and a dark window; and the widgets' palette."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QAbstractScrollArea, QApplication

ThemeChoice = Literal["system", "light", "dark"]
THEME_CHOICES: tuple[ThemeChoice, ...] = ("system", "light", "dark")


def as_theme_choice(text: str) -> ThemeChoice:
    """The choice that ``text`` names; the system's for anything else."""
    return next((choice for choice in THEME_CHOICES if choice == text), "system")


@dataclass(frozen=True)
class Colours:
    """One theme; values are "#RRGGBB".

    ``first_class`` and ``second_class`` fill the points of two classes; ``first_ground`` and ``second_ground`` are
    the colours of a map from sure to unsure of the first class, and from unsure to sure of the second.
    ``value_stops`` are those of a map of numbers. ``classes`` are the colours of three and more. ``inputs`` are those
    of one curve an input, told apart by dashes where there are more of them. ``selected`` is what was clicked on, in
    every panel; ``weights`` are positive ones where signs are told apart. ``right`` and ``wrong`` shade cells;
    ``praise`` is of an answer that is right, as ``error`` is of one that is not.
    ``outline`` is around a box that can be checked, on ``background`` and on ``window``.
    """

    is_dark: bool
    training: str
    validation: str
    penalty: str
    lam: str
    selected: str
    zero: str
    weights: str
    negative_weights: str
    first_class: str
    second_class: str
    first_ground: tuple[str, str]
    second_ground: tuple[str, str]
    value_stops: tuple[str, str, str]
    classes: tuple[str, ...]
    inputs: tuple[str, ...]
    right: str
    wrong: str
    background: str
    window: str
    button: str
    text: str
    quiet_text: str
    disabled_text: str
    grid: str
    outline: str
    error: str
    praise: str
    tip: str
    highlight: str
    highlighted_text: str


LIGHT = Colours(
    is_dark=False,
    training="#0072B2",
    validation="#D55E00",
    penalty="#009E73",
    lam="#B0558A",
    selected="#A800F0",
    zero="#8A8A8A",
    weights="#4A5568",
    negative_weights="#806D13",
    first_class="#FFF6E0",
    second_class="#04302C",
    first_ground=("#E9CFA6", "#F7EEDD"),
    second_ground=("#DCEFEC", "#8FC9BF"),
    value_stops=("#FFFBE6", "#B5D8C0", "#5E9C97"),
    classes=("#3B2A8C", "#C08A00", "#1F9FB4", "#7A1F3D", "#5F6B0F", "#E0728C", "#8B6BD6", "#4A2F14"),
    inputs=("#3363D1", "#C56662", "#1A3615", "#9F8319", "#3785A6", "#3D143D"),
    right="#56B4E9",
    wrong="#E69F00",
    background="#FFFFFF",
    window="#F4F4F2",
    button="#EDEDEA",
    text="#1F1F1F",
    quiet_text="#5A5A5A",
    disabled_text="#8E8E8E",
    grid="#DADADA",
    outline="#7C7C7C",
    error="#A4262C",
    praise="#4C7A00",
    tip="#FFFFE8",
    highlight="#0072B2",
    highlighted_text="#FFFFFF",
)
"""Okabe and Ito's colours that can be read on white: blue, vermillion, green, reddish purple (darkened).

Of three and more classes: indigo, ochre, cyan, wine, olive, rose, violet, brown. These keep away from the colours
above (ΔE*ab at least 22 in all pairs) and from each other, also for the colour-blind (15 and more under protan- and
deuteranopia as simulated by Machado et al. 2009); every class has a symbol or a label of its own as well. Those of
inputs are as far from the first colours, 15 from those of classes, 51 from each other (30 for the colour-blind).
Right and wrong are Okabe and Ito's sky blue and orange, which the other theme has for training and validation, and the
other way round: no theme has one of the two for anything else.
"""

DARK = Colours(
    is_dark=True,
    training="#56B4E9",
    validation="#E69F00",
    penalty="#2DB88C",
    lam="#D98CB8",
    selected="#FF5CFF",
    zero="#8C8C8C",
    weights="#AEB9C9",
    negative_weights="#BFD14A",
    first_class="#FFF1CC",
    second_class="#031316",
    first_ground=("#6B5426", "#3D3527"),
    second_ground=("#254240", "#2C857C"),
    value_stops=("#23282B", "#2F5B54", "#8CCBB5"),
    classes=("#739FFA", "#F3DE67", "#45FCCA", "#9D4AA9", "#C7702A", "#96EBFE", "#916171", "#8DA372"),
    inputs=("#996FE7", "#E7FC70", "#A9FFD9", "#D45F89", "#CC9B64", "#C6CDFB"),
    right="#0072B2",
    wrong="#D55E00",
    background="#1B1D20",
    window="#26282C",
    button="#33363B",
    text="#ECECEC",
    quiet_text="#B4B8BD",
    disabled_text="#7E8287",
    grid="#43474D",
    outline="#868C93",
    error="#FF8A80",
    praise="#B6DB5B",
    tip="#3A3D42",
    highlight="#6BB9EC",
    highlighted_text="#10161B",
)
"""Okabe and Ito's colours that can be read on near-black: sky, orange, green and reddish purple (both lightened).

Of three and more classes: blue, yellow, mint, purple, copper, ice, mauve, sage; ΔE*ab at least 24 from the colours
above and 40 from each other, for the colour-blind 9 and 25.
"""


_in_force = LIGHT


def colours() -> Colours:
    """The colours in force; like the palette, they belong to the application."""
    return _in_force


def colours_for(choice: ThemeChoice) -> Colours:
    """The colours of a choice; light where the system does not say."""
    if choice == "system":
        is_dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return DARK if is_dark else LIGHT
    return DARK if choice == "dark" else LIGHT


def apply_theme(application: QApplication, colours: Colours) -> None:
    """Fusion with our own palette; plots that are made from here on get the same colours.

    What has been drawn keeps its colours until its panel is told, see ``Panel.apply_theme``.
    """
    global _in_force
    _in_force = colours
    if application.style().objectName() != "fusion":
        application.setStyle("Fusion")
    palette = QPalette()
    roles = QPalette.ColorRole
    for role, colour in (
        (roles.Window, colours.window),
        (roles.WindowText, colours.text),
        (roles.Base, colours.background),
        (roles.AlternateBase, colours.window),
        (roles.Text, colours.text),
        (roles.Button, colours.button),
        (roles.ButtonText, colours.text),
        (roles.BrightText, colours.error),
        (roles.Link, colours.training),
        (roles.ToolTipBase, colours.tip),
        (roles.ToolTipText, colours.text),
        (roles.Highlight, colours.highlight),
        (roles.HighlightedText, colours.highlighted_text),
        (roles.PlaceholderText, colours.quiet_text),
    ):
        palette.setColor(role, QColor(colour))
    for role in (roles.Text, roles.ButtonText, roles.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.disabled_text))
    palette.setColor(QPalette.ColorGroup.Disabled, roles.Highlight, QColor(colours.grid))
    application.setPalette(palette)
    if "pyqtgraph" in sys.modules:
        colour_plots()


def style_scroll_bars(area: QAbstractScrollArea) -> None:
    """Slim bars without arrows in the colours in force: what scrolls in the window is mostly moved by a wheel."""
    colours = _in_force
    style = (
        "QScrollBar { background: transparent; border: none; margin: 0px }"
        "QScrollBar:vertical { width: 10px } QScrollBar:horizontal { height: 10px }"
        f"QScrollBar::handle {{ background: {colours.outline}; border-radius: 3px; margin: 2px }}"
        "QScrollBar::handle:vertical { min-height: 24px } QScrollBar::handle:horizontal { min-width: 24px }"
        f"QScrollBar::handle:hover {{ background: {colours.quiet_text} }}"
        "QScrollBar::add-line, QScrollBar::sub-line { width: 0px; height: 0px }"
        "QScrollBar::add-page, QScrollBar::sub-page { background: none }"
    )
    for bar in (area.verticalScrollBar(), area.horizontalScrollBar()):
        if bar.styleSheet() != style:
            bar.setStyleSheet(style)


def colour_plots() -> None:
    """Plots that are made from here on have the colours in force; also called when the first of them are loaded."""
    import pyqtgraph as pg

    pg.setConfigOptions(
        imageAxisOrder="row-major",
        background=_in_force.background,
        foreground=_in_force.quiet_text,
        antialias=True,
    )
