"""The dialog that saves an animation: what it asks for, when it cannot, and while it is done."""

from __future__ import annotations

from typing import Any

import pytest
from plot_items import show
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QProgressBar, QPushButton, QSpinBox, QWidget

from regdesk.views.export.animation_dialog import AnimationDialog
from regdesk.views.export.animation_request import AnimationRequest

PANELS = [("onePanel", "One & only"), ("otherPanel", "The other")]
MISSING = "Install Pillow."


@pytest.fixture
def parent(qtbot: Any) -> QWidget:
    widget = QWidget()
    show(qtbot, widget)
    return widget


def dialog_of(parent: QWidget, missing: str = "", **values: Any) -> AnimationDialog:
    dialog = AnimationDialog(parent, PANELS, AnimationRequest(**{"folder": "/somewhere", **values}), missing)
    dialog.show()
    return dialog


def test_what_is_offered_is_what_is_asked_for(qtbot: Any, parent: QWidget) -> None:
    request = AnimationRequest("otherPanel", "gif", 48, 4.0, "/somewhere", "my run")
    dialog = AnimationDialog(parent, PANELS, request, "")
    dialog.show()
    assert dialog.request == request
    assert dialog.findChild(QLabel, "animationNote").text() == "48 pictures, 12 a second, as the window looks now."
    with qtbot.waitSignal(dialog.save_requested) as caught:
        dialog.save.click()
    assert caught.args == [request]
    dialog.close()


def test_numbered_files_have_as_many_digits_as_the_last() -> None:
    request = AnimationRequest(kind="png", name="run")
    assert request.file_names(2) == ["run-001.png", "run-002.png"]
    assert request.file_names(1_000)[::999] == ["run-0001.png", "run-1000.png"]
    assert AnimationRequest(kind="webp", name="run").file_names(50) == ["run.webp"]


def test_what_cannot_be_saved_says_why(parent: QWidget) -> None:
    dialog = dialog_of(parent, MISSING)
    problem, kind = dialog.findChild(QLabel, "animationProblem"), dialog.findChild(QComboBox, "animationKindBox")
    assert (problem.text(), dialog.save.isEnabled()) == (MISSING, False)
    kind.setCurrentIndex(kind.findData("png"))
    assert (problem.text(), dialog.save.isEnabled()) == ("", True)
    name = dialog.findChild(QLineEdit, "animationNameEdit")
    for text, words in (("", ""), ("a/b", "A name cannot have / in it."), ("../up", "A name cannot have / in it.")):
        name.setText(text)
        assert (problem.text(), dialog.save.isEnabled()) == (words, False)
    dialog.close()


def test_while_it_is_done_it_can_only_be_given_up(qtbot: Any, parent: QWidget) -> None:
    dialog = dialog_of(parent)
    given_up: list[bool] = []
    dialog.cancelled.connect(lambda: given_up.append(True))
    bar, size = dialog.findChild(QProgressBar, "animationProgress"), dialog.sizeHint()
    assert bar.isHidden(), "an empty bar says nothing"
    dialog.show_busy(True)
    dialog.show_progress(0.25)
    assert (bar.isHidden(), bar.value()) == (False, 250)
    assert dialog.sizeHint() == size, "nothing moves when it comes"
    assert not dialog.save.isEnabled()
    assert not dialog.findChild(QSpinBox, "animationCountSpin").isEnabled()
    dialog.findChild(QPushButton, "animationCancelButton").click()
    assert given_up == [True]
    dialog.show_busy(False)
    assert dialog.save.isEnabled()
    dialog.show_busy(True)
    dialog.reject()
    assert len(given_up) == 2
