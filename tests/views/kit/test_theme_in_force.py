"""What the theme gives to the application: colours of every role, slim bars, plots; and which choice is which."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyqtgraph as pg
import pytest
from painted import painted
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QPalette, QWheelEvent
from PySide6.QtWidgets import QScrollArea

from regdesk.views.kit import spacing, theme
from regdesk.views.kit.form_parts import CalmComboBox, Section, make_form, make_group, make_paragraph, make_section


@pytest.fixture
def themed(qapp: Any) -> Iterator[Any]:
    before, palette = theme.colours(), qapp.palette()
    yield qapp
    theme.apply_theme(qapp, before)
    qapp.setPalette(palette)


@pytest.mark.parametrize("colours", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_every_role_has_its_colour(themed: Any, colours: theme.Colours) -> None:
    theme.apply_theme(themed, colours)
    assert theme.colours() is colours
    palette, roles = themed.palette(), QPalette.ColorRole
    found = {
        role.name: palette.color(QPalette.ColorGroup.Active, role).name()
        for role in roles
        if role.name != "NColorRoles"
    }
    wanted = {
        "Window": colours.window, "WindowText": colours.text, "Base": colours.background,
        "AlternateBase": colours.window, "Text": colours.text, "Button": colours.button, "ButtonText": colours.text,
        "BrightText": colours.error, "Link": colours.training, "ToolTipBase": colours.tip,
        "ToolTipText": colours.text, "Highlight": colours.highlight, "HighlightedText": colours.highlighted_text,
    }  # fmt: skip
    assert {role: found[role] for role in wanted} == {role: colour.lower() for role, colour in wanted.items()}
    disabled = QPalette.ColorGroup.Disabled
    for role in (roles.Text, roles.ButtonText, roles.WindowText):
        assert palette.color(disabled, role).name() == colours.disabled_text.lower()
    assert palette.color(disabled, roles.Highlight).name() == colours.grid.lower()
    assert themed.style().objectName() == "fusion"
    # Plots that are made from here on.
    assert pg.getConfigOption("background") == colours.background
    assert pg.getConfigOption("foreground") == colours.quiet_text
    assert pg.getConfigOption("antialias") is True
    assert pg.getConfigOption("imageAxisOrder") == "row-major"


def test_a_choice_is_a_theme_and_the_system_may_say_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [theme.as_theme_choice(one) for one in ("dark", "light", "system", "blue", "")] == [
        "dark", "light", "system", "system", "system",
    ]  # fmt: skip
    assert (theme.colours_for("dark"), theme.colours_for("light")) == (theme.DARK, theme.LIGHT)

    class Hints:
        def __init__(self, scheme: Qt.ColorScheme) -> None:
            self.scheme = scheme

        def colorScheme(self) -> Qt.ColorScheme:
            return self.scheme

    for scheme, wanted in (
        (Qt.ColorScheme.Dark, theme.DARK), (Qt.ColorScheme.Light, theme.LIGHT), (Qt.ColorScheme.Unknown, theme.LIGHT),
    ):  # fmt: skip
        monkeypatch.setattr(theme.QGuiApplication, "styleHints", lambda scheme=scheme: Hints(scheme))
        assert theme.colours_for("system") is wanted
    assert (theme.DARK.is_dark, theme.LIGHT.is_dark) == (True, False)


def test_bars_that_scroll_are_slim_and_in_the_colours_in_force(qtbot: Any, themed: Any) -> None:
    area = QScrollArea()
    qtbot.addWidget(area)
    for colours in (theme.LIGHT, theme.DARK):
        theme.apply_theme(themed, colours)
        theme.style_scroll_bars(area)
        for bar in (area.verticalScrollBar(), area.horizontalScrollBar()):
            assert colours.outline in bar.styleSheet()
            assert colours.quiet_text in bar.styleSheet()
    assert area.verticalScrollBar().sizeHint().width() == area.horizontalScrollBar().sizeHint().height() == 10


def test_a_section_has_a_bold_heading_with_a_line_to_the_right_edge(qtbot: Any) -> None:
    section = Section("Penalty")
    qtbot.addWidget(section)
    section.resize(300, 60)
    heading, line = painted(section)
    assert (heading.text, heading.left) == ("Penalty", section.contentsRect().left())
    assert line.stroke == theme.colours().grid.lower()
    assert line.box.height() == 0.0
    assert line.box.right() == section.contentsRect().right()
    text_px = section.fontMetrics().horizontalAdvance("Penalty")
    assert heading.left + text_px < line.left < heading.left + text_px + 30
    assert 0 < heading.top - line.top < heading.top, "it runs beside the middle of the letters"
    section.resize(40, 60)
    assert painted(section)[0].text.endswith("…")
    section.setTitle("")
    assert painted(section) == []


def test_parts_of_a_section_stand_on_the_grid(qtbot: Any) -> None:
    paragraph = make_paragraph()
    section = make_section("What this does", paragraph)
    group, form = make_group("Rows")
    for one in (section, group):
        qtbot.addWidget(one)
    for layout in (section.layout(), form):
        margins = layout.contentsMargins()
        assert (margins.left(), margins.right()) == (0, 0), "as far out as the heading"
        assert margins.top() == margins.bottom() == spacing.SMALL_PX
    assert section.layout().itemAt(0).widget() is paragraph
    assert paragraph.wordWrap()
    assert paragraph.sizePolicy().horizontalPolicy() == paragraph.sizePolicy().Policy.Ignored
    assert form.verticalSpacing() == spacing.SMALL_PX
    assert form.rowWrapPolicy() == form.RowWrapPolicy.WrapLongRows
    assert form.fieldGrowthPolicy() == form.FieldGrowthPolicy.AllNonFixedFieldsGrow
    assert make_form().parent() is None


def test_a_list_leaves_the_wheel_to_the_page_until_it_has_the_keyboard(qtbot: Any) -> None:
    box = CalmComboBox()
    qtbot.addWidget(box)
    box.addItems(["a", "b", "c"])

    def turn() -> bool:
        buttons, keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
        phase = Qt.ScrollPhase.NoScrollPhase
        event = QWheelEvent(QPointF(5, 5), QPointF(5, 5), QPoint(), QPoint(0, -120), buttons, keys, phase, False)
        event.accept()
        box.wheelEvent(event)
        return event.isAccepted()

    assert (turn(), box.currentIndex()) == (False, 0)
    with qtbot.waitExposed(box):
        box.show()
    box.setFocus()
    qtbot.waitUntil(box.hasFocus)
    assert (turn(), box.currentIndex()) == (True, 1)
