"""The Explain dock in the window: it speaks of what is on screen, and everything that asks for help leads to it."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QWhatsThisClickedEvent
from PySide6.QtWidgets import QApplication, QLabel, QWhatsThis, QWidget
from window_driver import WindowDriver, write_csv, write_sparse

from regdesk.desktop.preferences import PATH_VARIABLE, open_preferences
from regdesk.views.explain.links import OF_CONTROLS
from regdesk.views.kit.readout_label import SentenceLabel
from regdesk.views.kit.text_size import scaled_px

LINKED = re.compile(r'<a href="topic:([^"]*)">([^<]*)</a>')
LASSO = ("--penalty", "l1", "--lam", "0.1", "--hidden", "")


def dock_of(driver: WindowDriver) -> Any:
    return driver.window.explain.dock


def page_of(driver: WindowDriver) -> str:
    return str(dock_of(driver).content.page)


def words_of(driver: WindowDriver, name: str) -> str:
    label = dock_of(driver).findChild(QLabel, name)
    assert label is not None
    return str(label.text())


def n_words_seen(driver: WindowDriver) -> int:
    """Of all that is to be read on a page but for the formula, its numbers and notes, and those of a step."""
    parts = [words_of(driver, f"explain{name}") for name in ("Title", "Text", "PlainText", "Now", "See")]
    more = driver.child("explainMoreButton")
    return sum(len(part.split()) for part in [*parts, more.text() if more.isVisible() else ""])


def unit_of(text: str) -> float:
    """One unit of the last digit that ``text`` shows."""
    return float(10.0 ** int(Decimal(text).as_tuple().exponent))


def test_from_the_objective_to_the_step_of_a_weight(make_window: Any, tmp_path: Path) -> None:
    driver = make_window(write_sparse(tmp_path / "sparse.csv"), *LASSO, "--run")
    driver.wait_state(epoch=lambda epoch: epoch > 50)
    state = driver.pause()
    assert dock_of(driver).findChild(QWidget, "explainContent") is None, "made when it is asked for"
    driver.qtbot.keyClick(driver.window, Qt.Key.Key_F2)
    assert driver.child("explainAction").isChecked()
    # Beside the weights the penalty is spoken of, and not the losses.
    driver.window.histogram.clicked_on.emit()
    driver.wait(lambda: page_of(driver) == "l1")
    numbers = {term.role: term.number for term in dock_of(driver).content.formula.terms if term.role}
    # What adds up to the last digit may be rounded away from the nearest, by less than a unit of that digit.
    for role, key in (("objective", "objective"), ("loss", "data_loss"), ("penalty", "penalty_value")):
        assert float(numbers[role]) == pytest.approx(state[key], rel=0, abs=unit_of(numbers[role]))
    n_zero = state["n_weights"] - state["n_nonzero"]
    assert f"{n_zero} of {state['n_weights']} weights are exactly zero" in words_of(driver, "explainNow")
    # A weight that is selected shows its next step, and then takes it.
    position = 1
    driver.window.histogram.selects_anew(("weight", position))
    assert page_of(driver) == "weight-step"
    lines = dock_of(driver).content.step_words
    assert lines[0] == "b"
    foreseen = next(line.split()[-1] for line in lines if line.startswith("w′")).replace("−", "-")
    driver.click_action("stepAction")
    driver.wait_state(epoch=state["epoch"] + 1)
    assert float(foreseen) == pytest.approx(float(driver.snapshot.parameters[position]), rel=0, abs=unit_of(foreseen))
    driver.qtbot.keyClick(driver.window, Qt.Key.Key_Escape)
    driver.window.histogram.clicked_on.emit()
    driver.wait(lambda: page_of(driver) == "l1")
    driver.child("penalty_l2Action").trigger()
    driver.wait(lambda: page_of(driver) == "l2")
    driver.qtbot.keyClick(driver.window, Qt.Key.Key_F2)
    assert not dock_of(driver).isVisible()
    assert not driver.child("explainAction").isChecked()


def test_every_question_mark_and_the_objective_lead_to_it(make_window: Any, tmp_path: Path) -> None:
    driver = make_window(write_sparse(tmp_path / "sparse.csv"), *LASSO)
    driver.wait_model()
    for dock in driver.window.docks.docks:
        panel = dock.panel
        driver.window.docks.bring_up(panel)
        driver.click(f"{panel.objectName()}Help")
        assert dock_of(driver).isVisible()
        assert page_of(driver) == panel.objectName()
        read, seen = [words_of(driver, "explainPlainText")], [n_words_seen(driver)]
        while len(" ".join(read)) < len(panel.help_text):
            driver.click("explainMoreButton")
            read.append(words_of(driver, "explainPlainText"))
            seen.append(n_words_seen(driver))
        assert " ".join(read) == panel.help_text
        assert max(seen) <= 120, panel.objectName()
        assert words_of(driver, "explainSee"), "there is somewhere to read on"
    driver.click("explainClose")
    assert not driver.child("explainAction").isChecked()
    driver.click("objectiveLine")
    assert page_of(driver) == "objective"
    driver.click("penaltyHelp")
    assert page_of(driver) == "l1"
    # A click on a panel is what it follows.
    driver.click("explainFollowButton")
    driver.window.docks.bring_up(driver.window.plane_geometry)
    driver.window.plane_geometry.clicked_on.emit()
    assert page_of(driver) == "corner"
    driver.child("priorButton").setFocus()
    driver.wait(lambda: page_of(driver) == "l1")


def test_what_one_sees_has_a_link_to_the_topic_behind_it(make_window: Any, tmp_path: Path) -> None:
    driver = make_window(write_sparse(tmp_path / "sparse.csv"), *LASSO)
    driver.wait_model()
    for _ in range(2):
        driver.child("whatsThisAction").trigger()
        QWhatsThis.leaveWhatsThisMode()
    for name, topic in OF_CONTROLS.items():
        control = driver.child(name)
        assert control.whatsThis().count(f'<a href="topic:{topic}">') == 1, name
        QApplication.sendEvent(control, QWhatsThisClickedEvent(f"topic:{topic}"))
        assert page_of(driver) == {"penalty": "l1"}.get(topic, topic)
    for panel in driver.window.panels:
        assert panel.whatsThis().count("<a href=") == 1
    QApplication.sendEvent(driver.child("lambdaEdit"), QWhatsThisClickedEvent("https://example.org"))
    assert page_of(driver) == "objective"


def test_a_word_in_a_readout_is_a_link_where_it_is_ours(make_window: Any, tmp_path: Path) -> None:
    numbers = np.arange(60.0)
    kinds = np.array(["alive", "corner", "other"])[np.arange(60) % 3]
    columns = [numbers % 7, numbers % 11, numbers % 5, kinds]
    file = write_csv(tmp_path / "gap.csv", ["residual", "zero", "optimum", "kind"], columns)
    driver = make_window(file, "--target", "kind", "--hidden", "", "--penalty", "l1", "--lam", "0.05")
    driver.wait_model()
    panel = driver.window.data_fit
    driver.wait(lambda: "corner" in panel.findChild(SentenceLabel).text())
    links = {one.objectName(): LINKED.findall(one.findChild(SentenceLabel).text()) for one in driver.window.panels}
    assert links["dataFitPanel"] == [], "the corner of a cell is none of the diamond, and a class is no topic"
    assert ("l1", "‖W‖₁") in links["histogramPanel"]
    words = {word for found in links.values() for _, word in found}
    assert not {"alive", "corner", "residual", "zero", "optimum", "gap"} & words


@pytest.mark.qt_log_ignore("propagateSizeHints", "does not support")
def test_it_is_found_again_as_it_was_left(make_window: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "settings.ini"
    monkeypatch.setenv(PATH_VARIABLE, str(file))
    table = write_sparse(tmp_path / "sparse.csv")
    first = make_window(table)
    first.wait_model()
    first.child("explainAction").trigger()
    # Until it has come to rest.
    first.wait(lambda: dock_of(first).width() == scaled_px(dock_of(first).usual_width_px))
    first.window.resizeDocks([dock_of(first)], [400], Qt.Orientation.Horizontal)
    first.wait(lambda: dock_of(first).width() == 400)
    first.window.close()
    second = make_window(table)
    second.wait(lambda: dock_of(second).isVisible())
    second.wait(lambda: dock_of(second).width() == 400)
    second.child("explainAction").trigger()
    second.window.close()
    third = make_window(table)
    third.wait_model()
    assert not dock_of(third).isVisible()
    third.window.close()
    for nonsense in ("-3", "1e3", "٣", "wide"):
        QSettings(str(file), QSettings.Format.IniFormat).setValue("window/explain_width", nonsense)
        assert open_preferences().explain_width_px == 0
    other = make_window(table)
    other.wait_model()
    assert not dock_of(other).isVisible()
