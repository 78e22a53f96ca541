"""A text of settings to a configuration: every line is checked, nothing is run, and what is wrong has its line."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import Any

from regdesk.core.settings.configuration import Configuration
from regdesk.core.settings.configuration_record import TWO_SOURCES, changed_configuration, checked
from regdesk.core.settings.setting_kinds import shown
from regdesk.core.settings.settings_lines import FILES, NONE, SIGNATURE, VERSION, name_of
from regdesk.core.settings.settings_table import WrongSetting, setting_at

MOST_CHARACTERS = 1_000_000
MOST_LINES = 10_000
MOST_FAULTS = 20
"""More would not be read."""
_LINE = re.compile(r"([\w.-]+)[ \t]*=[ \t]*(.*)")
_WORD = re.compile(r"[^\W\d][\w-]*")
_NO_WORDS = ("true", "false", "inf", "nan")
"""TOML has meanings of its own for these."""


@dataclass(frozen=True)
class TextFault:
    """What is wrong in a line, counted from 1: a sentence."""

    line: int
    sentence: str


class WrongText(ValueError):
    """``faults`` has everything that is wrong, at most ``MOST_FAULTS``; ``str()`` is the first, with its line."""

    def __init__(self, faults: list[TextFault]) -> None:
        super().__init__(f"line {faults[0].line}: {faults[0].sentence}")
        self.faults = tuple(faults[:MOST_FAULTS])


def configuration_of_text(text: str) -> Configuration:
    """What ``text`` says; what it does not say is as usual. Raises WrongText."""
    _check_size(text)
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    _check_version(lines)
    values: dict[str, Any] = {}
    faults: list[TextFault] = []
    places: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        line = line.strip(" \t")
        if not line or line.startswith("#"):
            continue
        try:
            path, value = setting_of(line)
        except WrongSetting as problem:
            faults.append(TextFault(number, str(problem)))
            continue
        if path in places:
            faults.append(TextFault(number, f"{path} is said in line {places[path]} already."))
        places.setdefault(path, number)
        values[path] = value
    if values.get("source.file") is not None and values.get("source.sample") is not None:
        faults.append(TextFault(places["source.sample"], TWO_SOURCES))
    if faults:
        raise WrongText(faults)
    return changed_configuration(Configuration(), values)


def setting_of(line: str) -> tuple[str, Any]:
    """Path and checked value of ``PATH = VALUE``. Raises WrongSetting, a sentence."""
    found = _LINE.fullmatch(line)
    if found is None:
        raise WrongSetting(f"{shown(line)} is no setting; write PATH = VALUE, such as training.lam = 0.01.")
    path, written = found[1], found[2].strip(" \t")
    setting_at(path)
    value = checked(path, _value(path, written))
    for one in (value if isinstance(value, tuple) else (value,)) if path in FILES else ():
        if one is not None and (name_of(one) != one or "/" in one or ":" in one or one in (".", "..")):
            raise WrongSetting(f"{path} names a file without its folder, not {shown(one)}; it lies beside this text.")
    return path, value


def _value(path: str, written: str) -> Any:
    """What stands behind the sign of equality: a value of TOML, a single word, or none."""
    word = written.partition("#")[0].strip(" \t")
    if word == NONE and setting_at(path).kind.is_optional:
        return None
    if _WORD.fullmatch(word) and word not in _NO_WORDS:
        return word
    try:
        return tomllib.loads(f"value = {written}")["value"]
    except (ValueError, RecursionError):
        raise WrongSetting(
            f"{path} has no value that can be read: {shown(written)}. Text stands in double quotes, a list in square "
            "brackets with commas, and a number has a point."
        ) from None


def _check_size(text: str) -> None:
    if len(text) > MOST_CHARACTERS or text.count("\n") > MOST_LINES:
        raise WrongText([TextFault(1, f"a text of settings has at most {MOST_CHARACTERS:,} characters.")])


def _check_version(lines: list[str]) -> None:
    number, first = next(((number, line) for number, line in enumerate(lines, 1) if line.strip()), (1, ""))
    rest = first.strip().removeprefix(SIGNATURE)
    if not first.strip().startswith(SIGNATURE):
        raise WrongText([TextFault(number, f"the first line has to be: {SIGNATURE}{VERSION}")])
    version = rest.partition(" ")[0].rstrip(".")
    if version != str(VERSION):
        said = f"this is version {shown(version)} of the form, and this program reads version {VERSION}"
        newer = "; a newer regdesk reads it" if version.isdecimal() and len(version) < 9 else ""
        raise WrongText([TextFault(number, f"{said}{newer}.")])
