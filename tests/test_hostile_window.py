"""What files say is shown in the window letter by letter: no HTML, no picture, no letter underlined after &."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAction, QTextDocumentFragment
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QGraphicsSimpleTextItem,
    QGraphicsTextItem,
    QGraphicsView,
    QGroupBox,
    QLabel,
    QListView,
    QWidget,
)
from window_driver import WindowDriver, write_csv

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing the keyboard|grabbing the mouse)")
MARK = "<b>xyzzy</b> Q&Zed <img src=gone.png>"
"""Read as HTML it loses its tags, and as the text of an action its &."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    generator = np.random.default_rng(3)
    a, b = generator.normal(size=(2, 80)).round(3)
    level = [f"{kind}{MARK}" for kind in np.array(["u", "v", "w"])[np.arange(80) % 3]]
    answer = [f"{MARK}{'yes' if value > 0 else 'no'}" for value in a + 0.3 * generator.normal(size=80)]
    return write_csv(
        tmp_path / f"{MARK.replace('/', '')}[*].csv", [MARK, f"b {MARK}", "level", "answer"], [a, b, level, answer]
    )


def visible(text: str, is_rich: bool) -> str:
    return QTextDocumentFragment.fromHtml(text).toPlainText() if is_rich else text


def label_text(label: QLabel) -> str:
    how = label.textFormat()
    is_auto_rich = how == Qt.TextFormat.AutoText and GuiQt.mightBeRichText(label.text())
    return visible(label.text(), is_auto_rich or how == Qt.TextFormat.RichText)


def without_mnemonics(text: str) -> str:
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


def cells_of(view: QAbstractItemView, parent: QModelIndex) -> Iterator[tuple[str, str]]:
    model = view.model()
    for row in range(model.rowCount(parent)):
        for column in range(1 if isinstance(view, QListView) else model.columnCount(parent)):
            index = model.index(row, column, parent)
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
                text = index.data(role)
                if isinstance(text, str):
                    is_tip = role == Qt.ItemDataRole.ToolTipRole and GuiQt.mightBeRichText(text)
                    yield f"{view.objectName()} {row},{column}", visible(text, is_tip)


def shown(window: QWidget) -> Iterator[tuple[str, str]]:
    """Every text of ``window``, as it is read, after where it stands."""
    for widget in (window, *window.findChildren(QWidget)):
        place = f"{type(widget).__name__} {widget.objectName()}"
        for what, text in (("tip", widget.toolTip()), ("help", widget.whatsThis())):
            yield f"{what} of {place}", visible(text, GuiQt.mightBeRichText(text))
        # A placeholder for what is not saved is cut out of titles, and two of them stand for one.
        yield f"title of {place}", widget.windowTitle().replace("[*][*]", "\0").replace("[*]", "").replace("\0", "[*]")
        if isinstance(widget, QLabel):
            yield place, label_text(widget)
        elif isinstance(widget, QAbstractButton):
            yield place, without_mnemonics(widget.text())
        elif isinstance(widget, QGroupBox):
            yield place, without_mnemonics(widget.title())
        elif isinstance(widget, QAbstractItemView):
            yield from cells_of(widget, QModelIndex())
        if isinstance(widget, QGraphicsView):
            for item in widget.scene().items():
                if isinstance(item, QGraphicsTextItem):
                    yield f"{type(item.parentItem()).__name__} in {place}", item.toPlainText()
                elif isinstance(item, QGraphicsSimpleTextItem):
                    yield f"{type(item).__name__} in {place}", item.text()
    for action in window.findChildren(QAction):
        yield f"action {action.objectName()}", without_mnemonics(action.text())
        tip = action.toolTip()
        yield f"tip of action {action.objectName()}", visible(tip, GuiQt.mightBeRichText(tip))


def check(window: QWidget) -> set[str]:
    """Nothing of ``MARK`` is lost wherever it is shown; the places where it is."""
    places = set()
    for place, text in shown(window):
        if "xyzzy" in text:
            places.add(place)
            # Names that have no room lose their middle or their end.
            before, _, after = text.partition("xyzzy")
            assert before.endswith(("<b>", "…")), (place, text)
            assert after.startswith(("<", "…")) or not after, (place, text)
        assert "QZed" not in text, (place, text)
        assert "&amp;" not in text, (place, text)
        assert "&lt;" not in text, (place, text)
        assert "\ufffc" not in text, (place, "a picture", text)
    return places


def look_at_all(driver: WindowDriver) -> set[str]:
    """Every panel in front once, with what is in it by then."""
    places = set()
    window = driver.window
    for dock in window.docks.docks:
        window.docks.bring_up(dock.panel)
        QApplication.processEvents()
        dock.panel.show_again()
        places |= check(window)
    return places


@pytest.mark.parametrize("target", ["answer", "b <b>xyzzy</b> Q&Zed <img src=gone.png>"], ids=["classes", "numbers"])
@pytest.mark.parametrize("hidden", ["", "3"], ids=["linear", "network"])
def test_names_are_shown_letter_by_letter(make_window: Any, file: Path, target: str, hidden: str) -> None:
    driver: WindowDriver = make_window(
        file, "--target", target, "--hidden", hidden, "--penalty", "l1", "--lam", "0.05", "--run"
    )
    window = driver.window
    driver.wait_state(epoch=lambda epoch: epoch > 20)
    driver.pause()
    places = look_at_all(driver)
    if not hidden:
        window.commands.sweep.trigger()
        driver.wait(window.commands.use_best_lambda.isEnabled)
        places |= look_at_all(driver)
    window.menus.show_recent_files((str(file), str(file.parent / f"second{MARK}.csv")))
    window.show_error(f"{file.name}: the file is ragged.")
    places |= check(window)
    driver.child("busyBar").begin(f"Reading {file.name} …", True)
    places |= check(window)
    driver.child("busyBar").end()
    driver.click("dataButton")
    dialog = driver.child("dataDialog")
    driver.wait(lambda: not dialog.findChild(QLabel, "previewState").text().startswith("Working"))
    places |= check(window) | check(dialog)
    dialog.reject()
    # That it has been looked where names are shown.
    for kind in ("dataTitle", "statusLine", "progressBar", "title of", "tip of action", " 0,0", " in "):
        assert any(kind in place for place in places), (kind, sorted(places))


def test_sentences_of_errors_are_no_html(make_window: Any, file: Path) -> None:
    driver: WindowDriver = make_window(file)
    driver.wait_model()
    bad = file.with_name("<b>xyzzy<b> Q&Zed.csv")
    bad.write_text(f"a,{MARK}\n1\n")
    driver.controller.open_file(str(bad))
    driver.wait_state(status=lambda text: "this row has 1 cell" in text)
    places = {place for place in check(driver.window) if place.endswith(" statusLine")}
    assert len(places) == 2, "the sentence and its tool tip"
