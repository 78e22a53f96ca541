"""The Explain dock from canned moments: the formula, topics and links, a weight's step, what it costs while closed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from canned import Canned, dataset_of
from plot_items import settle
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QMainWindow, QToolButton, QWidget
from tables import write_sparse

from regdesk.core.run.next_step import NextStep, weight_step
from regdesk.core.types import TrainSettings
from regdesk.core.words.explain.topics import TOPICS
from regdesk.views.explain.dock import ExplainDock
from regdesk.views.explain.formula_view import FormulaView
from regdesk.views.kit import theme


@pytest.fixture
def model(tmp_path: Path) -> Canned:
    dataset = dataset_of(write_sparse(tmp_path / "sparse.csv"), "y")
    return Canned.of(dataset, (4,), settings=TrainSettings("l1", 0.02)).with_zeros(5)


@pytest.fixture
def dock(qtbot: Any) -> Iterator[ExplainDock]:
    """Closed, in a window of its own."""
    window, dock = QMainWindow(), ExplainDock()
    qtbot.addWidget(window)
    window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
    dock.hide()
    window.resize(340, 760)
    window.show()
    yield dock
    window.close()


def show_in(dock: ExplainDock, model: Canned, **values: Any) -> None:
    dock.apply_theme()
    dock.show_run_scene(model.run_scene)
    dock.show_frame(model.frame(**values))
    dock.show()
    settle()


def child(dock: ExplainDock, kind: type, name: str) -> Any:
    found = dock.findChild(kind, name)
    assert found is not None
    return found


def text(dock: ExplainDock, name: str) -> str:
    return str(child(dock, QLabel, name).text())


def follow(dock: ExplainDock, label: str, number: int) -> None:
    """Go by the link of that number in a label."""
    found = child(dock, QLabel, label)
    addresses = re.findall(r"\]\(([^)]*)\)", found.text())
    found.linkActivated.emit(addresses[number])


def test_numbers_stand_under_the_terms_and_follow_the_model(dock: ExplainDock, model: Canned) -> None:
    show_in(dock, model)
    view = child(dock, FormulaView, "explainFormula")
    numbers = [term.number for term, _ in view.rooms() if term.role]
    snapshot = model.snapshot()
    assert [float(number) for number in numbers] == pytest.approx(
        [snapshot.objective, snapshot.train_loss, 0.02, snapshot.penalty_value], rel=2e-3
    )
    assert text(dock, "explainAddition").startswith(f"J = {numbers[1]} + 0.02 × {numbers[3]}")
    assert numbers[0] in view.accessibleDescription()
    # A number stands under its picture and within the dock, and none overlaps another.
    rooms = [room for _, room in view.rooms()]
    outside = [room for room in rooms if not view.rect().toRectF().adjusted(-1, -1, 1, 1).contains(room)]
    assert not outside, (
        view.rect(),
        view.heightForWidth(324),
        view.heightForWidth(view.width()),
        view.size(),
        view.sizeHint(),
    )
    assert not any(one.intersects(other) for one in rooms for other in rooms if one is not other)
    dock.show_frame(model.with_weights(2.0).frame())
    assert float(child(dock, FormulaView, "explainFormula").rooms()[-1][0].number) == pytest.approx(
        2.0 * snapshot.penalty_value, rel=1e-3
    )


def test_a_click_on_a_term_or_enter_at_it_explains_it(dock: ExplainDock, model: Canned) -> None:
    show_in(dock, model)
    view = child(dock, FormulaView, "explainFormula")
    (place,) = [room.center() for term, room in view.rooms() if term.role == "lam"]
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=place.toPoint())
    assert dock.content.page == "lambda"
    for _ in range(9):
        QTest.keyClick(view, Qt.Key.Key_Left)
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert dock.content.page == "loss-squared"


def test_it_follows_what_is_on_screen_until_a_topic_is_chosen(dock: ExplainDock, model: Canned) -> None:
    show_in(dock, model)
    follow_button = child(dock, QToolButton, "explainFollowButton")
    assert dock.content.page == "l1"
    assert "5 of 36 weights are exactly zero" in text(dock, "explainNow")
    dock.note_panel("geometryPanel")
    assert dock.content.page == "corner"
    dock.show_frame(model.frame(snapshot=model.snapshot(is_collapsed=True)))
    assert dock.content.page == "collapse"
    follow(dock, "explainSee", 0)
    assert (dock.content.page, follow_button.isChecked()) == (TOPICS["collapse"].see[0], False)
    dock.show_frame(model.frame())
    assert dock.content.page == TOPICS["collapse"].see[0]
    QTest.mouseClick(child(dock, QToolButton, "explainBackButton"), Qt.MouseButton.LeftButton)
    assert dock.content.page == "collapse"
    QTest.mouseClick(follow_button, Qt.MouseButton.LeftButton)
    assert dock.content.page == "corner"


def test_the_topic_of_the_penalty_in_force_stays_that_and_another_says_what_the_formula_has(
    dock: ExplainDock, model: Canned
) -> None:
    show_in(dock, model)
    l2 = replace(model.snapshot(), settings=replace(model.snapshot().settings, penalty="l2"))
    dock.explain_penalty()
    assert dock.content.page == "l1"
    dock.show_frame(model.frame(snapshot=l2))
    assert dock.content.page == "l2"
    assert dock.content.formula.terms[-1].picture == "penalty-l2"
    assert "below" not in text(dock, "explainNotes")
    dock.content.choose("l1")
    assert text(dock, "explainNotes").endswith("The formula has the penalty in force, L2; below is L1.")
    # Who has chosen a topic keeps it.
    dock.show_frame(model.frame())
    assert dock.content.page == "l1"
    assert "below" not in text(dock, "explainNotes")


def test_every_topic_can_be_got_to_from_the_list_and_is_drawn(dock: ExplainDock, model: Canned) -> None:
    show_in(dock, model)
    box = child(dock, QComboBox, "explainTopicBox")
    names = [box.itemData(row) for row in range(box.count()) if box.itemData(row)]
    assert names == list(TOPICS)
    for name in names:
        box.setCurrentIndex(box.findData(name))
        box.activated.emit(box.currentIndex())
        assert dock.content.page == name
        assert TOPICS[name].title in dock.content.words
        picture = TOPICS[name].picture
        places = [child(dock, QWidget, one) for one in ("explainPicture", "explainTopicFormula")]
        assert sum(not place.isHidden() for place in places) == bool(picture)
        if picture:
            place = next(one for one in places if not one.isHidden())
            settle()
            image = place.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
            pixels = np.frombuffer(image.constBits(), np.uint32)
            assert len(np.unique(pixels)) > 8, "lines, letters, and what is between them and the ground"


def test_no_link_leads_out_of_the_program(dock: ExplainDock, model: Canned) -> None:
    show_in(dock, model)
    label = child(dock, QLabel, "explainText")
    assert not label.openExternalLinks()
    for address in ("https://example.org", "file:///etc/passwd", "topic:nothing", "topic:", "l2"):
        label.linkActivated.emit(address)
        assert dock.content.page == "l1"
    label.linkActivated.emit("topic:l2")
    assert dock.content.page == "l2"


def test_the_step_of_a_selected_weight_is_told_with_its_numbers(dock: ExplainDock, model: Canned) -> None:
    network = model.network
    gradient = np.linspace(-0.3, 0.3, network.n_parameters)
    coming = NextStep(gradient, 0.5 * gradient, np.full(network.n_parameters, 0.25))
    frame = model.frame(snapshot=model.snapshot(next_step=coming))
    show_in(dock, model)
    dock.show_frame(frame)
    dock.show_selected(("weight", 20))
    assert dock.content.page == "weight-step"
    step = weight_step(network, model.parameters, model.settings, coming, 20)
    words = dock.content.step_words
    assert words[0] == f"{model.run_scene.input_names[5]} → unit 1"
    numbers = {line.split()[0]: float(line.split()[-1].replace("−", "-")) for line in words[1:-2]}
    assert numbers["w"] == pytest.approx(step.before, abs=1e-4)
    assert numbers["g"] == pytest.approx(gradient[20], rel=1e-3)
    assert numbers["u"] == pytest.approx(step.moved, abs=1e-4)
    assert numbers["τ"] == pytest.approx(0.01 * 0.02 / 0.25, rel=1e-3)
    assert numbers["w′"] == pytest.approx(step.after, abs=1e-4)
    # The strongest weight of an input stands for it, and stays the one.
    dock.show_selected(("input", "a"))
    first = network.weights(model.parameters, 0)[0]
    strongest = int(np.abs(first).argmax())
    assert dock.content.step_words[0] == f"a → unit {strongest + 1}"
    # Let go, it follows the rest of the screen again.
    dock.show_selected(())
    assert dock.content.page == "l1"
    assert dock.content.step_words == []


def test_an_exact_model_shows_the_step_of_the_one_that_is_trained(dock: ExplainDock, model: Canned) -> None:
    coming = NextStep(*(np.full(model.network.n_parameters, value) for value in (0.1, 0.1, 1.0)))
    trained = model.snapshot(next_step=coming)
    exact = replace(model.with_weights(3.0).snapshot(), stands_for=trained)
    show_in(dock, model)
    dock.show_selected(("weight", 30))
    dock.show_frame(model.frame(snapshot=exact))
    assert float(dock.content.step_words[1].split()[-1].replace("−", "-")) == pytest.approx(
        float(model.parameters[30]), abs=1e-4
    )
    assert "exact model" in text(dock, "explainNotes")


def test_the_help_of_a_panel_is_shown_letter_by_letter(dock: ExplainDock, model: Canned) -> None:
    show_in(dock, model)
    dock.explain_panel("dataFitPanel", "Data fit", "<b>one</b> [two](topic:l2)")
    assert (dock.content.page, text(dock, "explainPlainText")) == ("dataFitPanel", "<b>one</b> [two](topic:l2)")
    assert child(dock, QLabel, "explainPlainText").textFormat() == Qt.TextFormat.PlainText
    follow(dock, "explainSee", 0)
    assert dock.content.page == "overfitting"


def test_while_it_is_closed_it_is_empty_and_then_shows_what_is_so(dock: ExplainDock, model: Canned) -> None:
    dock.show_run_scene(model.run_scene)
    dock.show_selected(("weight", 3))
    dock.show_frame(model.frame())
    assert dock.findChild(QWidget, "explainContent") is None
    dock.open()
    assert dock.content.page == "weight-step"
    dock.close()
    dock.show_frame(model.with_weights(2.0).frame())
    before = dock.content.formula
    dock.open()
    assert dock.content.formula != before
    dock.show_frame(None)
    assert "There is no model yet" in text(dock, "explainNotes")


@pytest.mark.parametrize("usual_px", [156, 300, 660])
@pytest.mark.parametrize("size", [1.0, 2.0])
def test_nothing_of_the_formula_is_cut_at_any_width_and_size(
    qtbot: Any, dock: ExplainDock, model: Canned, usual_px: int, size: float
) -> None:
    view = FormulaView()
    qtbot.addWidget(view)
    font = view.font()
    font.setPointSizeF(size * font.pointSizeF())
    view.setFont(font)
    show_in(dock, replace(model, settings=TrainSettings("elastic-net", 0.02)))
    view.show_formula(dock.content.formula)
    width_px = round(size * usual_px)
    view.resize(width_px, view.heightForWidth(width_px))
    view.show()
    settle()
    rooms = [room for _, room in view.rooms()]
    # Pictures do not vanish before the numbers do: in so little room both are smaller than usual.
    metrics = QFontMetricsF(font)
    assert min(room.height() for room in rooms) > 0.7 * metrics.height()
    assert max(room.right() for room in rooms) <= width_px
    assert max(room.bottom() for room in rooms) <= view.height()


def test_numbers_under_a_formula_that_has_no_room_are_as_large_as_other_text(
    qtbot: Any, dock: ExplainDock, model: Canned, set_text_scale: Any
) -> None:
    set_text_scale(2.0)
    show_in(dock, replace(model, settings=TrainSettings("l2", 0.02)))
    heights = []
    for width_px in (900, 300):
        view = FormulaView()
        qtbot.addWidget(view)
        view.show_formula(dock.content.formula)
        view.resize(width_px, view.heightForWidth(width_px))
        image = view.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        red, green, blue = QColor(theme.colours().lam).getRgb()[:3]
        pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
        rows = np.flatnonzero((np.abs(pixels[..., :3].astype(int) - (blue, green, red)).sum(axis=2) < 20).any(axis=1))
        heights.append(int(np.ptp(rows)))
    assert heights[0] == pytest.approx(heights[1], abs=1)
    assert heights[0] > 10
