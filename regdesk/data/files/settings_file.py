"""Texts of settings as files: read after they have been checked, and told from tables by their first line."""

from __future__ import annotations

from pathlib import Path

from regdesk.core.settings.configuration import Configuration
from regdesk.core.settings.settings_lines import SIGNATURE, is_settings_text
from regdesk.core.settings.settings_text_reading import MOST_CHARACTERS, WrongText, configuration_of_text
from regdesk.data.errors import DataError
from regdesk.data.files.whole_files import reason_of

SUFFIX = ".regdesk.txt"
_MOST_BYTES = 4 * MOST_CHARACTERS
_HEAD_BYTES = 256


def is_settings_file(path: Path) -> bool:
    """Whether it is named, or begins, as such a text; a file that cannot be read is none."""
    if path.name.lower().endswith(SUFFIX):
        return True
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except (OSError, ValueError):
        return False
    return SIGNATURE.encode() in head and is_settings_text(head.decode("utf-8", "replace"))


def read_settings(path: Path) -> Configuration:
    """What is said in ``path``. Raises DataError, a sentence with the line."""
    try:
        with path.open("rb") as file:
            content = file.read(_MOST_BYTES + 1)
    except FileNotFoundError:
        raise DataError("there is no such file.", file=path) from None
    except OSError as problem:
        raise DataError(f"it cannot be read ({reason_of(problem)}).", file=path) from None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = content[: problem.start].count(b"\n") + 1
        raise DataError("this is not UTF-8; save the file in that encoding.", file=path, row=line) from None
    return settings_of_text(text, path.name)


def settings_of_text(text: str, name: str) -> Configuration:
    """What ``text`` says, which is called ``name``. Raises DataError as ``read_settings``."""
    try:
        return configuration_of_text(text)
    except WrongText as problem:
        first, more = problem.faults[0], len(problem.faults) - 1
        others = "" if not more else f" {more} more {'line is' if more == 1 else 'lines are'} wrong."
        raise DataError(f"{first.sentence}{others}", file=name, row=first.line) from None
