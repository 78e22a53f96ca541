"""A person asks for a report of what is on the screen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtWidgets import QFileDialog
from window_driver import WindowDriver, write_sparse

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support")
MakeWindow = Callable[..., WindowDriver]
LINEAR = ("--target", "y", "--hidden", "", "--penalty", "l1", "--lam", "0.05")


def ask_for(driver: WindowDriver, out: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Ask for a report as ``out``; what the dialog proposed and offered."""
    asked: list[str] = []

    def answer(_parent: object, _title: str, proposed: str, patterns: str) -> tuple[str, str]:
        asked.extend([proposed, patterns])
        return str(out), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    driver.child("reportAction").trigger()
    return asked


def test_reports_of_one_window_from_before_its_model_to_its_end(
    make_window: MakeWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write_sparse(tmp_path / "sparse.csv")
    driver = make_window(file, *LINEAR)
    have_none_before_there_is_a_model(driver)
    refuse_a_name_that_no_report_has(driver, file, monkeypatch)
    write_one_of_the_live_model(driver, file, monkeypatch)
    write_one_as_pdf_after_a_sweep(driver, tmp_path / "r.pdf", monkeypatch)
    # To close the window leaves it whole.
    last = tmp_path / "last.html"
    ask_for(driver, last, monkeypatch)
    driver.window.close()
    assert last.read_text(encoding="utf-8").endswith("</html>\n")


def have_none_before_there_is_a_model(driver: WindowDriver) -> None:
    action = driver.child("reportAction")
    assert not action.isEnabled()
    assert "no model yet" in action.toolTip()
    driver.wait_model()
    driver.wait(action.isEnabled)


def refuse_a_name_that_no_report_has(driver: WindowDriver, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = file.read_bytes()
    ask_for(driver, file, monkeypatch)
    driver.wait(lambda: "ends neither in .html nor in .pdf" in driver.state["status"])
    assert file.read_bytes() == before


def write_one_of_the_live_model(driver: WindowDriver, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = file.with_name("r.html")
    asked = ask_for(driver, out, monkeypatch)
    assert asked[0] == str(file.with_suffix(".html"))
    assert "(*.html *.pdf)" in asked[1]
    driver.wait(lambda: driver.state["status"].startswith("The report is written: "))
    page = out.read_text(encoding="utf-8")
    assert "linear regression with an L1 penalty (lasso) at λ = 0.05" in page
    assert "There was no sweep of what is in force" in page
    assert "taken from a live model after" in page
    assert f"regdesk fit {file} --target=y" in page


def write_one_as_pdf_after_a_sweep(driver: WindowDriver, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It has its curve."""
    driver.wait(driver.child("sweepAction").isEnabled)
    driver.trigger("sweepAction")
    # Before the sweep has ended the action takes the best so far, which may be another.
    driver.wait(lambda: driver.child("useBestLambdaAction").isEnabled() and not driver.sweep.is_busy)
    driver.trigger("useBestLambdaAction")
    driver.wait_state(lam=lambda lam: lam != 0.05, status=lambda status: not status.startswith("The report is written"))
    ask_for(driver, out, monkeypatch)
    driver.wait(lambda: driver.state["status"].startswith("The report is written: "))
    document = pypdfium2.PdfDocument(out)
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    assert "This report is of the model at λ_best" in " ".join(text.split())
    assert "What cannot be shown" not in text
