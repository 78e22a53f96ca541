"""A person saves all of it, opens it in another window, and finds the same picture, from which training goes on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox
from session_fakes import emissions
from window_driver import WindowDriver, write_sparse

from regdesk.data.sessions.session_file import read_session
from regdesk.session.calculator_service import CalculatorService
from regdesk.session.sweep_service import SweepService

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support")
MakeWindow = Callable[..., WindowDriver]
RATES = ("steps_per_second", "frames_per_second")
OF_A_MOMENT = ("epoch", "lam", "train_loss", "validation_loss", "weights_digest")


def same(state: dict[str, Any]) -> dict[str, Any]:
    """What two windows must agree on."""
    return {key: value for key, value in state.items() if key not in RATES}


def seen(driver: WindowDriver) -> dict[str, QImage]:
    """A picture of each panel that can be seen."""
    driver.window.draw_all()
    return {
        dock.panel.objectName(): dock.panel.grab().toImage()
        for dock in driver.window.docks.docks
        if not dock.panel.visibleRegion().isEmpty()
    }


def looked_at(driver: WindowDriver) -> tuple[dict[str, Any], dict[str, QImage]]:
    """The state and the pictures of a paused window when nothing moves any more."""
    driver.wait_still()
    driver.wait(lambda: not driver.window.is_behind)
    state, pictures = same(driver.state), seen(driver)

    def is_still() -> bool:
        nonlocal pictures
        before, pictures = pictures, seen(driver)
        return before == pictures

    driver.wait(is_still)
    return state, pictures


def epochs(driver: WindowDriver, n: int) -> str:
    """The digest of the weights after so many epochs more, one by one."""
    last = int(driver.state["epoch"]) + n
    for _ in range(n):
        driver.trigger("stepAction")
    return str(driver.wait_state(epoch=last)["weights_digest"])


def go_on_from_the_past(driver: WindowDriver) -> str:
    """From three epochs before now, two epochs on; the digest of the weights then. What is left is a branch."""
    earlier = int(driver.state["epoch"]) - 3
    driver.window.history.epoch_chosen.emit(float(earlier))
    driver.wait_state(epoch=earlier, earlier=True)
    driver.child("branchAction").trigger()
    driver.wait(lambda: driver.child("branchesMenu").isEnabled())
    driver.wait_state(epoch=earlier, earlier=False)
    return epochs(driver, 2)


def looked_back(driver: WindowDriver, epoch: int) -> tuple[dict[str, Any], dict[str, QImage]]:
    """The state and the pictures while a moment of ``epoch`` is shown, and now again."""
    driver.window.history.epoch_chosen.emit(float(epoch))
    driver.wait_state(earlier=True)
    found = looked_at(driver)
    driver.window.history.now_chosen.emit()
    driver.wait_state(earlier=False)
    return found


def branch_texts(driver: WindowDriver) -> list[str]:
    return [one.text() for one in driver.child("branchesMenu").actions()]


def return_to_branch(driver: WindowDriver) -> tuple[str, str]:
    """The weights of the branch as it was left, and some epochs on."""
    run = driver.snapshot.run
    driver.child("branchesMenu").actions()[0].trigger()
    driver.wait(lambda: driver.snapshot.run != run)
    return str(driver.state["weights_digest"]), epochs(driver, 3)


def answer(name: str) -> None:
    """Press the button called ``name`` of the question that comes next."""

    def press() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            box.findChild(QObject, name).click()
        else:
            QTimer.singleShot(10, press)

    QTimer.singleShot(0, press)


def test_what_is_saved_is_the_same_picture_in_another_window_and_trains_on(
    make_window: MakeWindow, tmp_path: Path
) -> None:
    data, file = write_sparse(tmp_path / "sparse.csv"), tmp_path / "kept.regdesk"
    first = make_window(
        data, "--target", "y", "--hidden", "", "--penalty", "l1", "--lam", "0.003", "--batch-size", "16"
    )
    first.wait_model()
    assert not first.window.isWindowModified()
    first.run()
    first.wait_state(epoch=lambda epoch: epoch > 30)
    first.child("freezeAction").trigger()
    first.session.change("training.lam", 0.05)
    first.wait_state(epoch=lambda epoch: epoch > 60)
    first.pause()
    first.trigger("sweepAction")
    first.wait(lambda: first.window.commands.use_best_lambda.isEnabled() and not first.part(SweepService).is_busy)
    calculator: CalculatorService = first.part(CalculatorService)
    first.window.docks.bring_up(first.window.calculator)
    first.wait(lambda: calculator.point is not None)
    calculator.choose(1, 0.25)
    first.window.docks.bring_up(first.window.loss_curve)
    first.window.history.zoom(1.5)
    state, pictures = looked_at(first)
    assert first.window.isWindowModified()
    assert first.controller.keeper.unsaved_words == "what you chose, a sweep and what you froze"

    first.window.save_session(file)
    assert first.window.windowTitle() == "kept.regdesk[*] – sparse.csv – regdesk"
    assert not first.window.isWindowModified()
    saved = state | {"status": "Saved as kept.regdesk."}
    assert same(first.state) == saved, "to save it changes nothing but what is said"

    second = make_window("--sample", "noisy-curve")
    second.wait_model()
    second.window.open_session(file)
    assert second.window.windowTitle() == "kept.regdesk[*] – sparse.csv – regdesk"
    opened, again = looked_at(second)
    assert opened == state
    assert not second.window.isWindowModified()
    assert list(again) == list(pictures)
    assert [name for name in pictures if again[name] != pictures[name]] == []
    assert second.part(CalculatorService).asked == calculator.asked != (None, 0)
    assert second.child("freezeAction").isChecked()
    assert second.window.commands.use_best_lambda.isEnabled()
    # What came before is there as it was, too.
    (then, shown), (elsewhere, shown_elsewhere) = looked_back(first, 17), looked_back(second, 17)
    assert [elsewhere[name] for name in OF_A_MOMENT] == [then[name] for name in OF_A_MOMENT]
    assert elsewhere["weights_digest"] != opened["weights_digest"]
    assert [name for name in shown if shown_elsewhere[name] != shown[name]] == []

    trained = epochs(first, 7)
    assert epochs(second, 7) == trained, "as if it had never been closed"
    assert second.window.isWindowModified()
    assert second.controller.keeper.unsaved_words == "what the model has trained since it was saved"
    left, branches = go_on_from_the_past(second), branch_texts(second)
    second.window.may_close = second.controller.keeper.saver.may_close
    answer("closingCancelButton")
    second.child("quitAction").trigger()
    assert second.window.isVisible()
    answer("closingSaveButton")
    second.child("quitAction").trigger()
    second.wait(lambda: not second.window.isVisible())
    # By the command line, by hand in the menu, and by a script.
    third = make_window(file)
    third.wait_state(weights_digest=left)
    assert third.window.windowTitle() == "kept.regdesk[*] – sparse.csv – regdesk"
    assert branch_texts(third) == branches
    assert len(branches) == 1
    assert return_to_branch(third) == (trained, epochs(first, 3)), "a branch, too, as if it had never been left"
    first.controller.choose_file(str(file))
    first.wait_state(weights_digest=left)
    assert branch_texts(first) == branches
    # A branch that has come from a file is written again, and the timeline leads to it and on.
    third.window.save_session(file)
    first.window.open_session(file)
    assert branch_texts(first) == branch_texts(third)
    assert return_to_branch(first)[0] == left
    saved = read_session(file)
    assert [branch.run.number for branch in saved.branches] == [saved.run.number - 1]
    assert saved.timeline.course(saved.run.number).runs == (1, 3)

    # Before there is a moment of the new run it waits for one.
    third.child("resetAction").trigger()
    third.window.save_session(tmp_path / "reset.regdesk")
    assert read_session(tmp_path / "reset.regdesk").run.number > read_session(file).run.number
    assert third.state["epoch"] == 0


def test_who_looks_at_an_earlier_moment_saves_the_model_as_it_is(make_window: MakeWindow, tmp_path: Path) -> None:
    driver = make_window(write_sparse(tmp_path / "sparse.csv"), "--target", "y", "--hidden", "", "--penalty", "l2")
    driver.wait_model()
    epochs(driver, 6)
    now, then = tmp_path / "now.regdesk", tmp_path / "then.regdesk"
    driver.window.save_session(now)
    driver.window.history.epoch_chosen.emit(2.0)
    driver.wait_state(epoch=2, earlier=True)
    driver.window.save_session(then)
    saved = [read_session(file) for file in (now, then)]
    assert saved[0].model.model.parameters.tobytes() == saved[1].model.model.parameters.tobytes()
    assert saved[0].model.model.scores == saved[1].model.model.scores
    assert saved[1].look["status"] == ""


def test_data_that_have_changed_are_told_and_can_be_found_elsewhere(
    make_window: MakeWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, file = write_sparse(tmp_path / "sparse.csv"), tmp_path / "kept.regdesk"
    driver = make_window(data, "--target", "y", "--hidden", "", "--penalty", "l2")
    digest = driver.wait_model()["weights_digest"]
    driver.window.save_session(file)
    # What could not be written is no file that has been opened, nor the session's; and it cannot be opened.
    opened = emissions(driver.controller.file_opened)
    for place in (tmp_path / ("x" * 300), tmp_path / "nowhere" / "one.regdesk", data):
        with pytest.raises(OSError, match=place.name):
            driver.window.save_session(place)
    driver.controller.choose_file(str(tmp_path / ("x" * 300)))
    driver.wait_state(status=lambda status: "x" * 300 in status)
    assert opened == []
    assert driver.window.windowTitle() == "kept.regdesk[*] – sparse.csv – regdesk"
    text, lines = data.read_text(), data.read_text().splitlines()
    (tmp_path / "moved").mkdir()
    moved = tmp_path / "moved" / "elsewhere.csv"
    moved.write_text(text)
    data.write_text("\n".join(lines[:-1]) + "\n")
    driver.window.open_session(file)
    dialog = driver.window.findChild(QDialog, "sessionDataDialog")
    assert dialog.isVisible()
    said = [dialog.findChild(QObject, name).text() for name in ("sessionDataSentence", "sessionDataDifferences")]
    assert said[0] == f"The data of kept.regdesk have changed since it was saved: {data}."
    assert said[1] == "• It had 120 rows and has 119.\n• Gone, or with other cells: 1 row."
    # They are read anew, though the same file is open.
    dialog.findChild(QObject, "useDataButton").click()
    driver.wait(lambda: driver.loaded.table.n_rows == 119)
    driver.wait_state(epoch=0)
    driver.window.open_session(file)
    monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getOpenFileName", lambda *_: (str(moved), ""))
    dialog.findChild(QObject, "findDataButton").click()
    driver.wait_state(file=str(moved), weights_digest=digest)

    data.unlink()
    driver.window.open_session(file)
    assert dialog.findChild(QObject, "sessionDataSentence").text().startswith("The data of kept.regdesk are not there")
    assert not dialog.findChild(QObject, "useDataButton").isVisible()
    dialog.reject()
    assert driver.state["status"] == "kept.regdesk was not opened; what is on screen stays."
    with pytest.raises(OSError, match=r"none\.regdesk"):
        driver.window.open_session(tmp_path / "none.regdesk")
