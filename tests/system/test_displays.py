"""Where no window can be shown the program says so in a sentence and ends with status 2; Qt itself would abort."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from warm_processes import warm_run

from regdesk.system.displays import refusal

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("DISPLAY", "WAYLAND_DISPLAY", "XDG_SESSION_TYPE", "QT_QPA_PLATFORM", "QT_QPA_PLATFORM_PLUGIN_PATH")
GAVE_UP = (
    "This application failed to start because no Qt platform plugin could be initialized. Reinstalling the application "
    "may fix this problem.\n\nAvailable platform plugins are: minimal, offscreen, xcb.\n"
)
HINT = "From 6.5.0, xcb-cursor0 or libxcb-cursor0 is needed to load the Qt xcb platform plugin."

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems have one display, and it is there")


def start(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The program with no display but what ``environment`` names."""
    # Without such a folder the library of Wayland says a word of its own, before regdesk's.
    folder = {"XDG_RUNTIME_DIR": os.environ.get("XDG_RUNTIME_DIR", "/nonexistent")}
    own = folder | {name: value for name, value in os.environ.items() if name not in NAMES} | environment
    return warm_run("-W", "error", "main.py", *arguments, cwd=ROOT, env=own)


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({}, "there is no display to show a window on"),
        # Nobody answers there, or a library is missing without which nobody is asked.
        ({"DISPLAY": ":987"}, "to show a window"),
        ({"WAYLAND_DISPLAY": "no-such-socket", "XDG_SESSION_TYPE": "wayland"}, "to show a window"),
        ({"QT_QPA_PLATFORM": "nonsense"}, "Qt knows no platform 'nonsense', which QT_QPA_PLATFORM asks for"),
        ({"QT_QPA_PLATFORM": "nonsense;gibberish"}, "Qt knows no platform 'nonsense'"),
    ],
    ids=["none", "no server", "no compositor", "no such platform", "nor another"],
)
def test_a_window_that_cannot_be_shown_is_a_sentence(environment: dict[str, str], words: str) -> None:
    done = start("--sample", "two-moons", **environment)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("regdesk: ")
    assert words in done.stderr
    assert "--screenshot" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("environment", [{}, {"DISPLAY": ":987"}, {"WAYLAND_DISPLAY": "no-such-socket"}])
def test_a_picture_needs_no_display(environment: dict[str, str], engine: None, tmp_path: Path) -> None:
    picture = tmp_path / "picture.png"
    done = start("--screenshot", str(picture), "--after", "0.1", **environment)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_a_script_that_makes_a_window_is_told_alike() -> None:
    code = "from regdesk.app import create_window; print('begun', flush=True); create_window([])"
    own = {name: value for name, value in os.environ.items() if name not in NAMES} | {"QT_QPA_PLATFORM": "nonsense"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=own, capture_output=True, text=True, timeout=600, check=False
    )
    assert (done.returncode, done.stdout) == (2, "begun\n")
    assert done.stderr.startswith("regdesk: Qt knows no platform 'nonsense'")


@pytest.mark.parametrize(
    ("messages", "environment", "begins"),
    [
        (
            ["could not connect to display :5", HINT, GAVE_UP],
            {"DISPLAY": ":5"},
            "nothing answers at DISPLAY=:5: there is no display",
        ),
        (
            ["Failed to create wl_display (No such file or directory)", HINT, GAVE_UP],
            {"DISPLAY": ":5", "WAYLAND_DISPLAY": "wayland-0"},
            "nothing answers at WAYLAND_DISPLAY=wayland-0 and DISPLAY=:5: there is no display",
        ),
        ([HINT, GAVE_UP], {"DISPLAY": ":5"}, "Qt could not be loaded (a library is missing to show a window under X)"),
        (
            ['Could not find the Qt platform plugin "x11" in ""', GAVE_UP],
            {},
            "Qt knows no platform 'x11', which QT_QPA_PLATFORM asks for; it knows minimal, offscreen, xcb. Without",
        ),
        (["", "Could not initialize egl display"], {}, "Qt cannot show a window here: Could not initialize egl"),
        ([], {}, "Qt cannot show a window here: it does not say why."),
    ],
)  # fmt: skip
def test_what_qt_says_becomes_one_sentence(messages: list[str], environment: dict[str, str], begins: str) -> None:
    sentence = refusal(messages, environment)
    assert sentence.startswith(begins)
    assert "\n" not in sentence
