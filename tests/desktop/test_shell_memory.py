"""What a person finds again: layout, window, theme, recent files; and what broken settings do: nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from plot_items import views
from PySide6.QtCore import QRect, QSettings, Qt
from PySide6.QtWidgets import QApplication
from window_driver import WindowDriver, write_classes, write_sparse

from regdesk.desktop import shell
from regdesk.desktop.preferences import MAX_RECENT_FILES, PATH_VARIABLE, Preferences, WindowPlace
from regdesk.desktop.screens import place_on_screens
from regdesk.views.kit import theme
from regdesk.views.kit.elided_label import ElidedLabel

DIALOGS = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support")


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "settings.ini"
    monkeypatch.setenv(PATH_VARIABLE, str(file))
    return file


@pytest.fixture(autouse=True)
def light_again(qapp: QApplication) -> Any:
    yield
    theme.apply_theme(qapp, theme.LIGHT)


def layout_of(driver: WindowDriver) -> dict[str, Any]:
    docks = driver.window.docks
    first = docks.docks[0]
    return {
        "hidden": [dock.objectName() for dock in docks.docks if dock.isHidden()],
        "floating": [dock.objectName() for dock in docks.docks if dock.isFloating()],
        "tabs of the first": sorted(dock.objectName() for dock in docks.tabifiedDockWidgets(first)),
    }


@DIALOGS
def test_a_window_is_found_again_as_it_was_left(make_window: Any, tmp_path: Path, settings: Path) -> None:
    file = write_sparse(tmp_path / "a file.csv")
    first = make_window(file)
    first.wait_model()
    assert layout_of(first) == {"hidden": [], "floating": [], "tabs of the first": []}
    first.click("historyPanelClose")
    docks = first.window.docks
    docks.tabifyDockWidget(docks.docks[0], docks.docks[1])
    first.window.resize(1111, 777)
    first.child("theme_darkAction").trigger()
    changed = {"hidden": ["historyDock"], "floating": [], "tabs of the first": ["histogramDock"]}
    assert layout_of(first) == changed
    first.window.close()
    second = make_window()
    second.wait_model()
    assert layout_of(second) == changed
    assert (second.window.width(), second.window.height()) == (1111, 777)
    assert theme.colours() is theme.DARK
    assert second.child("theme_darkAction").isChecked()
    recent = second.child("recent_1")
    assert recent.data() == str(file)
    # What is behind a tab is not drawn, but says what is so; raised, it shows it.
    second.wait_model()
    behind = next(dock for dock in second.window.docks.docks[:2] if dock.visibleRegion().isEmpty())
    drawn: list[int] = []
    draw = behind.panel.draw
    behind.panel.draw = lambda frame: (drawn.append(frame.snapshot.step), draw(frame))
    before = behind.panel.readout
    second.click_action("stepAction")
    second.wait_state(epoch=1)
    assert behind.panel.readout != before
    assert drawn == []
    behind.raise_()
    second.wait(lambda: drawn == [second.snapshot.step])
    second.child("resetLayoutAction").trigger()
    # Of three panels that have room the first shares its place.
    assert layout_of(second) == {"hidden": [], "floating": [], "tabs of the first": ["networkDock"]}
    second.child("stackPanelsAction").trigger()
    assert layout_of(second)["tabs of the first"] == [
        "calculatorDock",
        "geometryDock",
        "histogramDock",
        "historyDock",
        "lambdaDock",
        "networkDock",
        "pathDock",
        "variablesDock",
    ]
    recent.trigger()
    # It is shown first, with the target that is the likeliest.
    second.wait(lambda: second.window.findChild(ElidedLabel, "importState") is not None)
    state = second.window.findChild(ElidedLabel, "importState")
    second.wait(lambda: state.text() == "Enter opens the file to predict y.")
    second.click("importOpenButton")
    second.wait_state(file=str(file))
    # Named on the command line, a theme is for this once.
    second.window.close()
    make_window("--theme", "light").window.close()
    assert theme.colours() is theme.LIGHT
    assert Preferences(QSettings(str(settings), QSettings.Format.IniFormat)).theme == "dark"


def test_recent_files(make_window: Any, tmp_path: Path, settings: Path) -> None:
    driver = make_window()
    driver.wait_model()
    assert not driver.child("recentMenu").isEnabled()
    files = [write_classes(tmp_path / f"table {number}.csv", n_rows=30) for number in range(3)]
    for file in files:
        driver.controller.open_file(str(file))
        driver.wait_state(file=str(file))
    broken = tmp_path / "broken.csv"
    broken.write_text("", encoding="utf-8")
    with driver.qtbot.waitSignal(driver.controller.load_failed):
        driver.controller.open_file(str(broken))

    def listed() -> list[str]:
        return [action.data() for action in driver.child("recentMenu").actions() if action.data()]

    assert listed() == [str(file) for file in reversed(files)]
    files[1].unlink()
    next(one for one in driver.child("recentMenu").actions() if one.data() == str(files[1])).trigger()
    assert driver.state["status"].startswith(f"{files[1]} is no longer there")
    assert listed() == [str(files[2]), str(files[0])]
    driver.child("clearRecentAction").trigger()
    assert listed() == []
    assert not driver.child("recentMenu").isEnabled()


@pytest.mark.parametrize(
    "text",
    [
        "\0\1\2 no settings at all",
        "theme=mauve\n[window]\nrectangle=1 2 wide 4\nlayout=*not base 64*\n",
        "theme=@ByteArray(dark)\n[window]\nrectangle=-5 0 -7 99999999999999\nlayout=AAAA/wAAAAD9AAAA\n",
        "theme=@Rect(1 2 3 4)\n[window]\nrectangle=@Size(5 5)\nlayout=@Rect(1 1 1 1), 5\nis_maximised=@Invalid()\n",
    ],
    ids=["bytes", "words", "cut off", "other kinds"],
)
def test_broken_settings_are_as_good_as_none(text: str, make_window: Any, settings: Path) -> None:
    settings.write_text(text, encoding="utf-8")
    driver = make_window()
    assert layout_of(driver) == {"hidden": [], "floating": [], "tabs of the first": []}
    assert (driver.window.width(), driver.window.height()) == (1440, 900)
    assert theme.colours() is theme.LIGHT
    assert driver.child("theme_systemAction").isChecked()


def test_with_a_picture_nothing_is_read_or_written(make_window: Any, tmp_path: Path, settings: Path) -> None:
    text = "theme=dark\n[window]\nrectangle=0 0 900 600\n"
    settings.write_text(text, encoding="utf-8")
    driver = make_window("--screenshot", tmp_path / "picture.png")
    assert theme.colours() is theme.LIGHT
    assert (driver.window.width(), driver.window.height()) == (1440, 900)
    driver.window.close()
    assert settings.read_text(encoding="utf-8") == text


def test_preferences_come_back(tmp_path: Path) -> None:
    file = str(tmp_path / "settings.ini")
    written = Preferences(QSettings(file, QSettings.Format.IniFormat))
    assert (written.theme, written.place, written.layout, written.recent_files) == ("system", None, None, ())
    names = tuple(f"/tables/näme, {number};.csv" for number in range(MAX_RECENT_FILES + 3))
    written.theme = "light"
    written.place = WindowPlace(QRect(-10, 20, 1200, 800), True)
    written.layout = bytes(range(256))
    for name in reversed(names):
        written.add_recent_file(name)
    written.save()
    read = Preferences(QSettings(file, QSettings.Format.IniFormat))
    assert read.theme == "light"
    assert read.place == WindowPlace(QRect(-10, 20, 1200, 800), True)
    assert read.layout == bytes(range(256))
    assert read.recent_files == names[:MAX_RECENT_FILES]
    read.remove_recent_file(names[2])
    assert read.recent_files == (*names[:2], *names[3:MAX_RECENT_FILES])
    read.clear_recent_files()
    assert read.recent_files == ()


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ((100, 50, 1000, 700), (100, 50, 1000, 700)),
        ((5000, 5000, 1000, 700), (920, 340, 1000, 700)),
        ((-900, -900, 1000, 700), (0, 0, 1000, 700)),
        ((0, 0, 4000, 3000), (0, 0, 1920, 1040)),
        ((2100, 100, 1000, 700), (2100, 100, 1000, 700)),
        ((2900, 900, 1000, 700), (2200, 284, 1000, 700)),
    ],
)
def test_a_window_lies_on_a_screen(wanted: tuple[int, ...], expected: tuple[int, ...]) -> None:
    screens = [QRect(0, 0, 1920, 1080), QRect(1920, 0, 1280, 1024)]
    assert place_on_screens(QRect(*wanted), screens, 40) == QRect(*expected)


def test_colours_change_while_the_window_is_open(
    make_window: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver = make_window(write_sparse(tmp_path / "sparse.csv"), "--theme", "light")
    driver.wait_model()
    window = driver.window

    def seen() -> dict[str, str]:
        icon = window.commands.reset.icon().pixmap(20, 20).toImage()
        # The brightest and the darkest opaque pixels say what it is drawn with.
        pixels = [icon.pixelColor(x, y) for x in range(icon.width()) for y in range(icon.height())]
        drawn = max(pixels, key=lambda colour: colour.alpha())
        return {
            "ground": window.palette().window().color().name(),
            "plot": views(window.history)[0].backgroundBrush().color().name(),
            "icon": drawn.name(),
        }

    light = seen()
    assert light["plot"] == theme.LIGHT.background.lower()
    assert light["icon"] == theme.LIGHT.text.lower()
    driver.child("theme_darkAction").trigger()
    dark = {
        "ground": theme.DARK.window.lower(),
        "plot": theme.DARK.background.lower(),
        "icon": theme.DARK.text.lower(),
    }
    driver.wait(lambda: seen() == dark)
    # As the system has it, and as soon as it changes its mind; a colour that was chosen stays.
    driver.child("theme_systemAction").trigger()
    driver.wait(lambda: seen() == light)
    says = theme.DARK
    monkeypatch.setattr(shell, "colours_for", lambda choice: says if choice == "system" else theme.LIGHT)
    QApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    driver.wait(lambda: seen() == dark)
    driver.child("theme_lightAction").trigger()
    driver.wait(lambda: seen() == light)
    QApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.colours() is theme.LIGHT
