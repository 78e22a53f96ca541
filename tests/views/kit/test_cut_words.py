"""Words in little room: whole parts, lines of whole words, colours that shine through, and boxes that give way."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QAction, QFontMetrics, QIcon, QStandardItemModel, QTextBlock
from PySide6.QtWidgets import QApplication

from regdesk.core.words.data_facts import Consequences
from regdesk.views.kit import blends, icons, theme
from regdesk.views.kit.consequences_view import ConsequencesView
from regdesk.views.kit.name_room import elided, whole_parts, wrapped_lines
from regdesk.views.kit.slim_box import LEAST_LETTERS, SlimComboBox, make_slim_box
from regdesk.views.kit.text_size import scaled_px
from regdesk.views.kit.toggle_button import ActionButton

SENTENCE = "Training loss 0.5; validation loss 0.7 · 12 rows"
PARTS = ("Training loss 0.5", "Training loss 0.5; validation loss 0.7", SENTENCE)


@pytest.fixture
def metrics(qapp: QApplication) -> QFontMetrics:
    return QFontMetrics(qapp.font())


def test_as_many_whole_parts_as_there_is_room_for(metrics: QFontMetrics) -> None:
    x_of = metrics.horizontalAdvance
    for part in PARTS:
        assert whole_parts(SENTENCE, metrics, x_of(part)) == part
    assert whole_parts(SENTENCE, metrics, x_of(PARTS[1]) - 1) == PARTS[0]
    cut = whole_parts(SENTENCE, metrics, x_of(PARTS[0]) - 1)
    assert cut.endswith("…")
    assert PARTS[0].startswith(cut[:-1])
    assert elided("a name", metrics, 0.0) != ""


def test_lines_have_whole_words(metrics: QFontMetrics) -> None:
    x_of = metrics.horizontalAdvance
    assert wrapped_lines("one two three", metrics, x_of("one two")) == ["one two", "three"]
    assert wrapped_lines("one two three", metrics, x_of("one two") - 1)[:2] != ["one two", "three"]
    assert wrapped_lines("one two three", metrics, 0) == ["one", "two", "three"]
    assert wrapped_lines("one two three", metrics, 10_000) == ["one two three"]


@pytest.mark.parametrize(("share", "colour"), [(0.0, "#0000ff"), (1.0, "#ff8000"), (0.25, "#4020bf"), (0.5, "#804080")])
def test_a_blend_lies_between_two_colours(share: float, colour: str) -> None:
    assert blends.blended("#ff8000", share, "#0000ff").name() == colour
    assert (
        blends.blended("#ff8000", share).name() == blends.blended("#ff8000", share, theme.colours().background).name()
    )
    assert blends.faded("#ff8000", share) == (255, 128, 0, round(255 * share))


def test_what_is_faint_keeps_its_colour() -> None:
    one = blends.faint("#ff8000", 30)
    assert (one.name(), one.alpha(), blends.faint("#ff8000").alpha()) == ("#ff8000", 30, blends.FAINT)
    assert blends.coloured("λ", "#ff8000") == '<span style="color:#ff8000"><b>λ</b></span>'


def test_an_icon_is_drawn_in_each_size_and_paler_where_it_is_disabled(qapp: QApplication) -> None:
    icon = icons.icon("run")
    for size_px in (16, icons.SIZE_PX):
        seen = {}
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled):
            pixmap = icon.pixmap(QSize(size_px, size_px), 1.0, mode)
            assert pixmap.size() == QSize(size_px, size_px)
            image = pixmap.toImage()
            colours = {
                image.pixelColor(x, y).name()
                for x in range(size_px)
                for y in range(size_px)
                if image.pixelColor(x, y).alpha() == 255
            }
            seen[mode] = colours
        assert seen[QIcon.Mode.Normal] == {theme.colours().text.lower()}
        assert theme.colours().disabled_text.lower() in seen[QIcon.Mode.Disabled]
    drawn = icons.icon("run").pixmap(QSize(16, 16)).toImage()
    assert drawn == icon.pixmap(QSize(16, 16)).toImage(), "taken from what was drawn"
    nothing = icons.icon("no such drawing").pixmap(QSize(16, 16)).toImage()
    assert {nothing.pixelColor(x, y).alpha() for x in range(16) for y in range(16)} <= {0}


def test_the_button_of_an_action_shows_what_that_says_and_is_connected_once(qtbot: Any) -> None:
    action = QAction("Run")
    button = ActionButton(action)
    qtbot.addWidget(button)
    for text in ("Pause", "Run", "Pause"):
        action.setText(text)
        assert button.text() == text
    assert action.receivers("2changed()") == 0


@pytest.fixture
def box(qtbot: Any) -> SlimComboBox:
    box = make_slim_box("box", "Box", most_px=200)
    qtbot.addWidget(box)
    return box


def test_a_box_is_as_wide_as_its_longest_entry_within_bounds(qtbot: Any, box: SlimComboBox) -> None:
    metrics = box.fontMetrics()
    least = box.minimumSizeHint().width()
    assert box.sizeHint().width() == least
    entry = "an entry of some"
    box.addItems(["one", entry])
    letters_px = LEAST_LETTERS * metrics.horizontalAdvance("X")
    wanted = least + metrics.horizontalAdvance(entry) + metrics.averageCharWidth() - letters_px
    assert least < wanted < scaled_px(200)
    assert box.sizeHint().width() == wanted
    box.removeItem(1)
    assert box.sizeHint().width() == least
    box.addItem("an entry that is much longer than there is any room for")
    assert box.sizeHint().width() == scaled_px(200)
    box.setItemText(1, "two")
    assert box.sizeHint().width() == least
    font = box.font()
    font.setPixelSize(3 * box.fontMetrics().height())
    box.setFont(font)
    assert box.sizeHint().width() > least, "measured in its own font"
    model = QStandardItemModel(1, 1)
    model.setData(model.index(0, 0), entry)
    free = SlimComboBox()
    qtbot.addWidget(free)
    free.setModel(model)
    model.setData(model.index(0, 0), 3 * entry)
    longest = metrics.horizontalAdvance(3 * entry) + metrics.averageCharWidth() - letters_px
    assert free.sizeHint().width() == least + longest, "without a bound"


def test_the_box_says_what_it_is_for(qtbot: Any, box: SlimComboBox) -> None:
    assert (box.objectName(), box.accessibleName(), box.toolTip()) == ("box", "Box", "Box")
    other = make_slim_box("other", "Other", "A tip.")
    qtbot.addWidget(other)
    assert other.toolTip() == "A tip."
    wide, narrow = (one.sizePolicy().horizontalPolicy() for one in (other, box))
    assert (wide.name, narrow.name) == ("Expanding", "Maximum")
    box.setPlaceholderText("choose")
    box.addItems(["a"])
    box.setCurrentIndex(-1)
    assert not box.is_elided


def line_ends(block: QTextBlock) -> list[float]:
    found = []
    while block.isValid():
        layout = block.layout()
        found += [layout.position().y() + layout.lineAt(n).rect().bottom() for n in range(layout.lineCount())]
        block = block.next()
    return found


def test_the_last_line_of_what_is_seen_is_seen_whole(qtbot: Any) -> None:
    view = ConsequencesView("consequencesText", "This cannot be applied:")
    qtbot.addWidget(view)
    words = tuple(f"Note {number}: the rows of this kind are left out of training." for number in range(12))
    view.resize(260, 120)
    view.show()
    view.show_consequences(Consequences("regression", ("Predicts y.", "All rows.", *words), (), ()))
    seen_whole = 0
    for high_px in range(90, 140):
        view.resize(260, high_px)
        ends = line_ends(view.document().begin())
        room = view.height() - 2 * view.frameWidth()
        kept = view.viewport().height()
        assert any(abs(kept - end) <= 1.0 for end in ends), high_px
        assert kept == max(round(end + 0.49) for end in ends if end <= room) or kept == room
        seen_whole += kept == room
    assert seen_whole < 25
    view.show_problem("The target is <b>.", "No:")
    assert view.toPlainText() == "No: The target is <b>."
    assert view.viewport().height() == view.height() - 2 * view.frameWidth()
    view.show_problem("Nothing is left.")
    assert view.toPlainText() == "This cannot be applied: Nothing is left."
    view.show_nothing()
    assert view.toPlainText() == ""
    view.apply_theme()
    assert view.toPlainText() == ""
