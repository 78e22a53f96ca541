"""Whether there is something to show a window on, and what is said where there is not."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping, Sequence

PLATFORM_VARIABLE = "QT_QPA_PLATFORM"
QT_MISSING = (
    "Qt could not be loaded ({problem}). On Debian and Ubuntu this installs what it needs, once: "
    "apt-get install libglib2.0-0 libegl1 libgl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libxcb-cursor0 libxcb-icccm4 "
    "libxcb-keysyms1 libxcb-xkb1 libxkbcommon-x11-0 libxcb-shape0"
)
WITHOUT = "Without a display --screenshot works, and so do the commands fit, sweep, inspect and samples."
NO_DISPLAY = f"there is no display to show a window on. {WITHOUT}"


def has_display() -> bool:
    """Whether one is named; that it answers is not certain."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", PLATFORM_VARIABLE)
    return sys.platform != "linux" or any(os.environ.get(name) for name in names)


def use_none() -> None:
    """Let windows be drawn and not be shown, unless another platform of Qt's was asked for by name."""
    if sys.platform == "linux" and not os.environ.get(PLATFORM_VARIABLE):
        os.environ[PLATFORM_VARIABLE] = "offscreen"


def refusal(messages: Sequence[str], environment: Mapping[str, str]) -> str:
    """What keeps Qt from showing anything, in a sentence, of what it said itself before it gave up."""
    said = "\n".join(messages)
    unknown = re.search(r'Could not find the Qt platform plugin "([^"]*)"', said)
    if unknown:
        known = re.search(r"Available platform plugins are: (.*?)\.?\s*$", said, re.MULTILINE)
        rest = f"; it knows {known[1]}" if known else ""
        return f"Qt knows no platform '{unknown[1]}', which {PLATFORM_VARIABLE} asks for{rest}. {WITHOUT}"
    if "could not connect to display" in said or "Failed to create wl_display" in said:
        names = [name for name in ("WAYLAND_DISPLAY", "DISPLAY") if environment.get(name)]
        named = " and ".join(f"{name}={environment[name]}" for name in names) or "the display"
        return f"nothing answers at {named}: there is no display to show a window on. {WITHOUT}"
    if "xcb-cursor" in said:
        return QT_MISSING.format(problem="a library is missing to show a window under X") + f". {WITHOUT}"
    first = next((one.strip() for one in messages if one.strip()), "it does not say why")
    return f"Qt cannot show a window here: {first.rstrip('.')}. {WITHOUT}"
