"""A configuration as a small text that people read, hand on and change: what differs from the usual, a line each.

``resources/formats/settings_text.md`` describes it. ``settings_text_reading.py`` reads it.
"""

from __future__ import annotations

import json
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any

from regdesk.core.settings.configuration import Configuration, value_at
from regdesk.core.settings.setting import Setting
from regdesk.core.settings.settings_table import TABLE

VERSION = 1
SIGNATURE = "# regdesk settings, version "
"""The beginning of the first line."""
NONE = "none"
FILES = ("source.file", "source.reading.more_files")
"""They are named without their folders: on another computer these are others."""
PERSONAL = (
    "view.text_percent", "view.has_column", "view.lecture.is_on", "view.lecture.panels", "view.lecture.text_percent",
    "view.lecture.has_column",
)  # fmt: skip
"""How somebody likes the window to be: no part of an experiment."""
HOW = "# Open it with regdesk: File, Open, or drop it on the window. What is not said here is as at first."
_LOST = "# The data have a name that no text can hold; open them before this."


def settings_text(configuration: Configuration) -> str:
    """``configuration`` as text; ``configuration_of_text`` makes of it the same, but for ``PERSONAL`` and folders."""
    usual, lines, group = Configuration(), [f"{SIGNATURE}{VERSION}", HOW], ""
    for setting in TABLE:
        value = value_at(configuration, setting.path)
        if setting.path in PERSONAL or value == value_at(usual, setting.path):
            continue
        if setting.path.partition(".")[0] != group:
            group = setting.path.partition(".")[0]
            lines.append("")
        lines.append(_line(setting, value))
    return "\n".join(lines) + "\n"


def is_settings_text(text: str) -> bool:
    """Whether it begins as such a text does."""
    return text.removeprefix("\ufeff").lstrip().startswith(SIGNATURE)


def name_of(path: str) -> str:
    """The last part of a path, of whichever system it is."""
    return PureWindowsPath(path).name if "\\" in path else PurePosixPath(path).name


def _line(setting: Setting, value: Any) -> str:
    if setting.path in FILES and value:
        value = tuple(name_of(one) for one in value) if isinstance(value, tuple) else name_of(value)
    text = value_text(setting.kind.to_json(value))
    try:
        text.encode()
    except UnicodeEncodeError:
        return _LOST
    return f"{setting.path} = {text}"


def value_text(value: Any) -> str:
    """A value of JSON as TOML has it, on one line; ``none`` for None, which TOML lacks."""
    if value is None:
        return NONE
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(value_text, value))}]"
    if isinstance(value, str):
        # TOML wants this one escaped, too.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return json.dumps(value)
