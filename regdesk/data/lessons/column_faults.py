"""Columns that a lesson names and its data have not: a setting of them fails, and what is waited for never comes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from regdesk.core.lessons.blocks import Line, key_of, lines_of
from regdesk.core.lessons.lesson import Fault
from regdesk.core.lessons.setting_text import BadSetting, setting_of
from regdesk.data.errors import DataError
from regdesk.data.formats.reading import read_file
from regdesk.data.lessons.lesson_files import LessonFile
from regdesk.data.samples import sample_path

OF_COLUMNS = ("data.target", "data.features")
"""Settings that are one column, or several."""
ASKING, SETTING = ("wait",), ("set", "for me")
_ANSWER = re.compile(r"[-*] \[[ xX]\] ")
_WEIGHT = re.compile(r"\bweight\(\s*\"?([^()\"]+?)\"?\s*\)")


def column_faults(found: LessonFile) -> tuple[Fault, ...]:
    """One for each column that is not there; none where the reader's own data are used. Reads the data."""
    path = found.data or (sample_path(found.lesson.sample) if found.lesson.sample is not None else None)
    if path is None:
        return ()
    lines = lines_of(found.path.read_text(encoding="utf-8-sig"))
    try:
        columns = read_file(path).column_names
    except DataError as problem:
        number = next(line.number for line in lines if line.text.startswith(("file:", "sample:")))
        return (Fault(number, f"its data cannot be read: {problem}"),)
    return tuple(
        Fault(line.number, _sentence(name, columns))
        for line in lines
        for name in _named(line)
        if not any(_is_of(name, column) for column in columns)
    )


def _named(line: Line) -> Iterator[str]:
    key = key_of(line)
    if _ANSWER.match(line.text) or (key is not None and key.key in ASKING):
        yield from _WEIGHT.findall(line.text)
    elif key is not None and key.key in SETTING and "=" in key.value:
        try:
            path, value = setting_of(key.value)
        except BadSetting:
            return
        if path in OF_COLUMNS and value is not None:
            yield from (value,) if isinstance(value, str) else value


def _is_of(name: str, column: str) -> bool:
    """Whether it is that column, or an input made of it, such as ``colour=red`` or ``hour^2``."""
    after = name.removeprefix(column)
    return name.startswith(column) and not (after and (after[0].isalnum() or after[0] == "_"))


def _sentence(name: str, columns: Iterable[str]) -> str:
    known = list(columns)
    close = get_close_matches(name, known, n=1, cutoff=0.5)
    remedy = f"did you mean {close[0]}?" if close else f"there are {', '.join(known[:20])}."
    return f"its data have no column '{name[:60]}'; {remedy}"
