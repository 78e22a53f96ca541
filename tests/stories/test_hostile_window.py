"""What files say is shown in the window letter by letter: no HTML, no picture, no letter underlined after &."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from import_previews import PREVIEW, HandRows, import_column
from plot_items import bubble, views
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QAction, QTextDocumentFragment
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QGraphicsSimpleTextItem,
    QGraphicsTextItem,
    QGraphicsView,
    QGroupBox,
    QLabel,
    QListView,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)
from window_driver import WindowDriver, write_csv

import regdesk.views
from regdesk.core.lessons.progress import Reply
from regdesk.core.lessons.view import LessonEntry, LessonView, QuestionView
from regdesk.core.published.nist_tables import LONGLEY
from regdesk.core.published.values import FoundRow, compared
from regdesk.core.timeline.facts import DataFinding, SaveOffer
from regdesk.core.types import DataSettings
from regdesk.core.words.data_facts import Consequences
from regdesk.core.words.import_facts import ImportPreview, ImportWarning, LargeFile
from regdesk.core.words.model_facts import (
    ExportLanguage,
    ExportPreview,
    FactTable,
    ModelChoice,
    ModelFacts,
    PredictionFacts,
    SkippedFact,
)
from regdesk.views.export.animation_dialog import AnimationDialog
from regdesk.views.export.animation_request import AnimationRequest
from regdesk.views.export.picture_request import PictureRequest
from regdesk.views.export.pictures_dialog import PicturesDialog
from regdesk.views.export.tables_dialog import TableOffer, TablesDialog
from regdesk.views.importing.import_dialog import ImportDialog
from regdesk.views.importing.large_file_dialog import LargeFileDialog
from regdesk.views.lessons.dock import LessonDock
from regdesk.views.lessons.lessons_dialog import LessonsDialog
from regdesk.views.models.export_dialog import ExportDialog
from regdesk.views.models.model_dialog import ModelDialog
from regdesk.views.models.predict_dialog import PredictDialog
from regdesk.views.published.dialog import PublishedDialog
from regdesk.views.recovery.crash_log_dialog import CrashLogDialog
from regdesk.views.recovery.recovery_dialog import RecoveryDialog
from regdesk.views.recovery.unsaved_work import UnsavedWork
from regdesk.views.sessions.data_dialog import SessionDataDialog
from regdesk.views.sessions.save_dialog import SaveSessionDialog
from regdesk.views.window.drop_target import DropOverlay
from regdesk.views.window.error_dialog import ErrorDialog
from regdesk.views.window.not_trainable_page import NotTrainablePage

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing the keyboard|grabbing the mouse)")
MARK = "<b>xyzzy</b> Q&Zed <img src=gone.png>"
"""Read as HTML it loses its tags, and as the text of an action its &."""


TURN = "\u202exyz\u2066abc\u200f"
"""Turns the direction of what follows it, which then reads as something else; the last mark cannot be seen at all."""
TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


@pytest.fixture
def turning(tmp_path: Path) -> Path:
    generator = np.random.default_rng(3)
    a, b = generator.normal(size=(2, 80)).round(3)
    level = [f"{kind}{TURN}" for kind in np.array(["u", "v", "w"])[np.arange(80) % 3]]
    answer = [f"{'yes' if value > 0 else 'no'}{TURN}" for value in a + 0.3 * generator.normal(size=80)]
    names = [f"a{TURN}", f"b{TURN}", f"level{TURN}", f"answer{TURN}"]
    return write_csv(tmp_path / f"file{TURN}.csv", names, [a, b, level, answer])


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
        yield f"name of {place}", widget.accessibleName()
        for what, text in (("tip", widget.toolTip()), ("help", widget.whatsThis())):
            yield f"{what} of {place}", visible(text, GuiQt.mightBeRichText(text))
        # A placeholder for what is not saved is cut out of titles, and two of them stand for one.
        yield f"title of {place}", widget.windowTitle().replace("[*][*]", "\0").replace("[*]", "").replace("\0", "[*]")
        if isinstance(widget, QLabel):
            yield place, label_text(widget)
        elif isinstance(widget, QAbstractButton):
            yield place, without_mnemonics(widget.text())
        elif isinstance(widget, QPlainTextEdit | QTextEdit):
            yield place, widget.toPlainText()
        elif isinstance(widget, QComboBox):
            for row in range(widget.count()):
                yield f"{row} of {place}", widget.itemText(row)
                tip = widget.itemData(row, Qt.ItemDataRole.ToolTipRole)
                yield f"tip of {row} of {place}", visible(tip, GuiQt.mightBeRichText(tip)) if tip else ""
        elif isinstance(widget, QTabBar):
            for tab in range(widget.count()):
                yield f"{tab} of {place}", without_mnemonics(widget.tabText(tab))
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


def crossed(classes: str, numbers: str) -> list[Any]:
    """Targets and layers: each with one of the other, the rest for ``pytest -m full``."""
    few = [pytest.param(classes, "", id="linear-classes"), pytest.param(numbers, "3", id="network-numbers")]
    more = ((classes, "3", "network-classes"), (numbers, "", "linear-numbers"))
    return few + [pytest.param(target, hidden, id=name, marks=pytest.mark.full) for target, hidden, name in more]


@pytest.mark.parametrize(("target", "hidden"), crossed("answer", "b <b>xyzzy</b> Q&Zed <img src=gone.png>"))
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


def turned(window: QWidget) -> list[str]:
    """Where a mark that turns the direction of writing is shown as it is, and not by its number."""
    return [f"{place}: {text.encode('unicode_escape').decode()}" for place, text in shown(window) if TURNS & set(text)]


@pytest.mark.parametrize(("target", "hidden"), crossed(f"answer{TURN}", f"b{TURN}"))
def test_no_text_from_a_file_turns_the_direction_of_writing(
    make_window: Any, turning: Path, target: str, hidden: str
) -> None:
    driver: WindowDriver = make_window(
        turning, "--target", target, "--hidden", hidden, "--penalty", "l1", "--lam", "0.05", "--run"
    )
    window = driver.window
    driver.wait_state(epoch=lambda epoch: epoch > 20)
    driver.pause()
    if not hidden:
        window.commands.sweep.trigger()
        driver.wait(window.commands.use_best_lambda.isEnabled)
    found: set[str] = set()
    for dock in window.docks.docks:
        window.docks.bring_up(dock.panel)
        if dock.panel is window.plane_geometry:
            driver.wait(lambda: window.plane_geometry.is_settled)
        dock.panel.show_again()
        for view in views(dock.panel):
            middle = view.mapToScene(view.rect().center())
            bubble(dock.panel).show_text(dock.panel.value_at(view, middle), QPoint(5, 5))
        bubble(dock.panel).show_text(f"{turning.stem}: 1", QPoint(5, 5))
        found |= set(turned(window))
    window.menus.show_recent_files((str(turning), str(turning.parent / f"second{TURN}.csv")))
    window.show_error(f"{turning.name}: the file is ragged.")
    driver.child("busyBar").begin(f"Reading {turning.name} …", True)
    found |= set(turned(window))
    driver.child("busyBar").end()
    driver.click("dataButton")
    dialog = driver.child("dataDialog")
    driver.wait(lambda: not dialog.findChild(QLabel, "previewState").text().startswith("Working"))
    found |= set(turned(window)) | set(turned(dialog))
    dialog.reject()
    assert "\n".join(sorted(found)) == ""
    # It says something of the file all the same, by the numbers of the marks.
    assert any("\\u202exyz" in text for _, text in shown(window))


def dialogs_of(driver: WindowDriver, words: str) -> Iterator[QWidget]:
    """Every dialog and page that shows text, one after the other, with ``words`` where it can have any."""
    window, before = driver.window, set(QApplication.topLevelWidgets())
    dialog = ErrorDialog(window)
    dialog.show_error("a place", f"Something went wrong: {words}", f"File {words}, line 1\n{words}")
    dialog.findChild(QAbstractButton, "showDetailsButton").click()
    dialog.show_error("another place", words, words)
    yield dialog
    dialog.close()
    for action in ("shortcutsAction", "aboutAction", "workersAction", "translationsAction"):
        driver.child(action).trigger()
        (opened,) = [one for one in QApplication.topLevelWidgets() if one.isVisible() and one not in before | {dialog}]
        yield opened
        opened.close()
        QApplication.processEvents()
    yield from recovery_of(window, words)
    overlay = DropOverlay(window)
    overlay.show_text(f"Open {words}")
    yield overlay
    overlay.hide()
    page = NotTrainablePage(driver.child("dataAction"))
    page.show_problem(words, f"The target {words} is constant.")
    yield page
    page.deleteLater()
    dialog.deleteLater()
    importing = ImportDialog(window)
    importing.open_with(hostile_preview(words), DataSettings())
    importing.show_consequences(Consequences("regression", (f"Predicts {words}.", "All rows."), (words,)))
    importing.show_copied(f"regdesk {words}")
    yield importing
    importing.reject()
    importing.deleteLater()
    for one in taking_away(window, words):
        one.show()
        yield one
        one.close()
        one.deleteLater()


def recovery_of(window: QWidget, words: str) -> Iterator[QWidget]:
    """What is asked after a crash, of two pieces of work, and what is known of it."""
    offer, log = RecoveryDialog(window), CrashLogDialog(window)
    offer.show_works([UnsavedWork("a", words, "14:05"), UnsavedWork("b", words, "", b"no picture", words)], True)
    log.show_text(words, words)
    for dialog in (offer, log):
        yield dialog
        dialog.close()
        dialog.deleteLater()


def taking_away(window: QWidget, words: str) -> Iterator[QWidget]:
    """The dialogs with which models, pictures and tables leave, and the question before a large file."""
    table = FactTable(("", words), ((words, "0.5"),))
    model = ModelDialog(window)
    model.show_facts(ModelFacts(words, words, ((words, words),), table, table, words), words, True)
    predicting = PredictDialog(window)
    predicting.open_with((ModelChoice("live", words), ModelChoice("file", words)), "live")
    predicting.show_predictions(PredictionFacts((words,), table, (SkippedFact(3, words),), 1))
    code = ExportDialog(window)
    code.open_with((ModelChoice("live", words),), "live", (ExportLanguage("c", "C"),))
    code.show_export(ExportPreview(f"/* {words} */", 9, ".c", (words,)))
    code.show_trouble(words)
    pictures = PicturesDialog(window, [("lambdaPanel", "Loss versus λ")], PictureRequest(folder=words))
    tables = TablesDialog(window, [TableOffer("path.csv", "Path of the weights")], (), words)
    film = AnimationDialog(window, [("fitPanel", words)], AnimationRequest(folder=words, name=words), words)
    printed = replace(LONGLEY, title=words, source=words, sentence=words, why_not_closer=words)
    book = PublishedDialog(window)
    book.show_result([printed], printed, compared(printed, [FoundRow(words, 1.0)]), "")
    large = LargeFileDialog(window, LargeFile(words, words, 1000))
    saving = SaveSessionDialog(window, SaveOffer(f"/{words}", "1 KB", False, words))
    others = SessionDataDialog(window)
    others.show_finding(DataFinding(words, words, words, (words, words), can_use=True))
    yield from (model, predicting, code, pictures, tables, film, large, book, saving, others)
    yield from lessons_of(window, words)


def lessons_of(window: QWidget, words: str) -> Iterator[QWidget]:
    """A lesson in which everything is ``words``, at a step and at its end, and a list of such."""
    question = QuestionView(words, (words, f"{words} too"), frozenset({0}), frozenset({0}), 2, False)
    view = LessonView(
        words, 1, 2, words, words, words, True, False, words, words, question, Reply(words, True), True, "next"
    )  # fmt: skip
    dock = LessonDock(window)
    dock.show_lesson(view)
    listed = LessonsDialog(window)
    listed.show_entries([LessonEntry("a.md", words, words, 1, 2), LessonEntry("b.md", words, "", 0, 0, words)])
    listed.add_entries(words, [])
    listed.show_problem(words)
    yield from (dock, listed)


def hostile_preview(words: str) -> ImportPreview:
    """A file in which everything that can be ``words`` is."""
    columns = (import_column(words, reason=words), import_column(f"{words} too"))
    return replace(
        PREVIEW,
        title=words,
        columns=columns,
        rows=HandRows(((words, None), (f"=1+1 {words}", "1"))),
        warnings=(ImportWarning(3, words, words),),
        sheets=(words, "other"),
        targets=(words,),
    )


def test_dialogs_and_pages_show_letter_by_letter_and_turn_nothing(make_window: Any, turning: Path) -> None:
    driver: WindowDriver = make_window(turning, "--target", f"b{TURN}", "--hidden", "")
    driver.wait_model()
    found: dict[str, tuple[int, list[str]]] = {}
    for dialog in dialogs_of(driver, f"{MARK} {TURN}"):
        found[type(dialog).__name__] = len(check(dialog)), turned(dialog)
    assert [name for name, (n_shown, _) in found.items() if n_shown] == [
        "ErrorDialog",
        "RecoveryDialog",
        "CrashLogDialog",
        "DropOverlay",
        "NotTrainablePage",
        "ImportDialog",
        "ModelDialog",
        "PredictDialog",
        "ExportDialog",
        "AnimationDialog",
        "LargeFileDialog",
        "PublishedDialog",
        "SaveSessionDialog",
        "SessionDataDialog",
        "LessonDock",
        "LessonsDialog",
    ]
    assert {name: places for name, (_, places) in found.items() if places} == {}
    assert len(found) == 20


def test_every_dialog_is_walked() -> None:
    """The data dialog in the tests above, the others by ``dialogs_of``."""
    views = Path(regdesk.views.__file__).parent
    kinds = {line.split("(")[0] for file in views.rglob("*.py") for line in file.read_text("utf-8").splitlines()
             if line.startswith("class ") and "Dialog)" in line}  # fmt: skip
    names = ("Keyed", "About", "Animation", "Data", "Error", "Import", "Shortcuts", "Translations", "Workers")
    names += ("Export", "LargeFile", "Model", "Pictures", "Predict", "Published", "Saving", "Tables", "Lessons")
    names += ("SaveSession", "SessionData", "CrashLog", "Recovery")
    assert kinds == {f"class {name}Dialog" for name in names}
