"""The dialog of sweep workers: what it shows of what is in force, and what it says is chosen."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QSpinBox, QWidget

from regdesk.crews.choice import MOST_WORKERS, crew_choice
from regdesk.views.window.workers_dialog import WorkersDialog


def refusal_of(text: str) -> str:
    try:
        crew_choice(text)
    except ValueError as error:
        return str(error)
    return ""


class Shown:
    """The dialog over a window, with what it has emitted."""

    def __init__(self, qtbot: Any, workers: str) -> None:
        self.qtbot, self.parent = qtbot, QWidget()
        qtbot.addWidget(self.parent)
        self.dialog = WorkersDialog(self.parent, workers, (3, MOST_WORKERS), refusal_of)
        self.chosen: list[str] = []
        self.dialog.workers_chosen.connect(self.chosen.append)
        self.dialog.show()
        self.kind = self.dialog.findChild(QComboBox, "workersKindBox")
        self.count = self.dialog.findChild(QSpinBox, "workersCountSpin")
        self.address = self.dialog.findChild(QLineEdit, "workersAddressEdit")
        self.problem = self.dialog.findChild(QLabel, "workersProblem")
        self.accept = self.dialog.findChild(QPushButton, "acceptWorkersButton")

    def choose(self, kind: str) -> None:
        self.kind.setCurrentIndex(self.kind.findData(kind))

    def press(self, name: str) -> None:
        self.qtbot.mouseClick(self.dialog.findChild(QPushButton, name), Qt.MouseButton.LeftButton)


@pytest.mark.parametrize(
    ("workers", "kind", "count", "address"),
    [
        ("", "", 3, ""),
        ("threads:7", "threads", 7, ""),
        ("processes:2", "processes", 2, ""),
        ("dask:tcp://[::1]:8786", "dask", 3, "tcp://[::1]:8786"),
    ],
)
def test_what_is_in_force_is_shown_and_stays_when_it_is_accepted(
    qtbot: Any, workers: str, kind: str, count: int, address: str
) -> None:
    shown = Shown(qtbot, workers)
    assert (shown.kind.currentData(), shown.count.value(), shown.address.text()) == (kind, count, address)
    assert (shown.count.isEnabled(), shown.address.isEnabled()) == (kind in ("threads", "processes"), kind == "dask")
    shown.press("acceptWorkersButton")
    assert shown.chosen == [workers]
    assert not workers or str(crew_choice(workers)) == workers


def test_what_is_chosen_is_what_the_command_line_says(qtbot: Any) -> None:
    shown = Shown(qtbot, "")
    shown.choose("processes")
    shown.count.setValue(MOST_WORKERS + 1)
    shown.press("acceptWorkersButton")
    assert shown.chosen == [f"processes:{MOST_WORKERS}"]
    assert crew_choice(shown.chosen[0]).n_workers == MOST_WORKERS


def test_a_cluster_needs_an_address(qtbot: Any) -> None:
    shown = Shown(qtbot, "threads:2")
    shown.choose("dask")
    assert not shown.accept.isEnabled()
    assert "dask:HOST:PORT" in shown.accept.toolTip()
    # Also for whoever points at nothing.
    assert shown.problem.isVisible()
    assert shown.problem.text() == refusal_of("dask:")
    assert shown.problem.height() >= shown.problem.heightForWidth(shown.problem.width())
    shown.qtbot.keyClicks(shown.address, "  tcp://there")
    assert not shown.accept.isEnabled()
    assert shown.problem.text() == refusal_of("dask:tcp://there")
    shown.qtbot.keyClicks(shown.address, ":1 ")
    assert shown.accept.isEnabled()
    assert not shown.problem.isVisible()
    shown.press("acceptWorkersButton")
    assert shown.chosen == ["dask:tcp://there:1"]


def test_cancelling_chooses_nothing(qtbot: Any) -> None:
    shown = Shown(qtbot, "threads:2")
    shown.choose("")
    shown.press("cancelWorkersButton")
    assert shown.chosen == []
